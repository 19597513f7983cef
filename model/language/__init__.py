"""Which language the program speaks: asked for, chosen before, or the system's."""
