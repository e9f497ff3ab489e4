"""Judging: the company's ground, one dossier for each client, and the store that spares doing it twice."""
