"""Reading on other machines: a Dask cluster where else worker processes of this one read.

    part → scheduler → a worker: read → rows → loaded where the run was begun, in order

Only reading is sent away.  Loads take turns whoever makes them, so they would be no quicker from
many machines; and so no worker needs a way into the warehouse, nor its password.
"""
