"""From claims to judgement: copies, incidents, origins, contradictions. Pure functions over model objects."""
