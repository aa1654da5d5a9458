"""Read models (読み取り用の表): pure functions of recorded facts, personal text still sealed."""
