-- How a connection of ours speaks to the store; kept in memory, for this connection's database alone.
CREATE OR REPLACE SECRET wiredesk (
    TYPE s3,
    PROVIDER config,
    KEY_ID {key},
    SECRET {secret},
    SESSION_TOKEN {token},
    REGION {region},
    ENDPOINT {endpoint},
    URL_STYLE {style},
    USE_SSL {ssl},
    SCOPE {scope}
);
