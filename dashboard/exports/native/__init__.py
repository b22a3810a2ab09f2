"""Charts that PowerPoint and Excel draw themselves: their lines, their marks, the numbers behind them."""
