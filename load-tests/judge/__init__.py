"""The judge: compares what phones really got with what was requested, acknowledged and reported.

It stands outside the gateway: it reads the simulator's record, the platform's record and topics, and looks into logs,
metrics and headers only for what must not be there. `python3 -m judge FOLDER` judges a campaign's folder.
"""
