"""Achievements, and MKD as evidence of them.

goal_progress.py       a Goal follows the verified reports that name it
appraisal_evidence.py  the MKD record on an Appraisal
"""
