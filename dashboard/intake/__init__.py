"""An edition on its way in: plan, proposal, job, and the records that a person fills in."""
