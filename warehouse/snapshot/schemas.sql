-- The schemas of the warehouse that a snapshot has, and `data`: the files as they are, for its own views.
CREATE SCHEMA IF NOT EXISTS data;
CREATE SCHEMA IF NOT EXISTS wire;
CREATE SCHEMA IF NOT EXISTS ref;
CREATE SCHEMA IF NOT EXISTS ops;
CREATE SCHEMA IF NOT EXISTS mart;
