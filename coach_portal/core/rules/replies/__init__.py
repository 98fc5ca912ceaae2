"""What a text-back means: text and situation in, `Understanding` out. Pure, deterministic, offline."""
