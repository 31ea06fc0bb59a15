"""The two registers of the ministry, providers and practitioners: what an entry comes to. Pure, but for the names."""
