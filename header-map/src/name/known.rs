//! The names every map knows, and the constants for them.
//!
//! The list holds the 81 constants of the `http` crate, the names of the HPACK and QPACK static
//! tables, and what proxies, meshes, browsers, tracers and gRPC put on the wire. Ids are positions
//! in the list and are not part of the public API: a new name goes wherever it reads best.

/// Declares the constants, and the list from which the perfect hash is built.
macro_rules! known_names {
    ($($constant:ident = $name:literal,)+) => {
        /// Positions in the list, from 1: tag 0 is an entry that was never written.
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "named as the constants are")]
        #[allow(dead_code, reason = "what counts are positions; Rust 1.85 wants each to be constructed")]
        #[repr(u8)]
        enum Position {
            BEFORE_FIRST,
            $($constant,)+
            AFTER_LAST,
        }

        /// How many names are known.
        pub(crate) const COUNT: usize = Position::AFTER_LAST as usize - 1;

        /// Every known name in lower case; index 0 is empty because tags count from 1.
        pub(crate) const NAMES: [&str; COUNT + 1] = ["", $($name,)+];

        /// A constant for each name that every map knows: a lookup by one compares no bytes.
        ///
        /// The constants spell their names in lower case, as HTTP/2 and HTTP/3 require and HTTP/1
        /// allows; append a string where the wire shall show another case.
        ///
        /// ```
        /// use ratoon_header_map::{HeaderMap, header};
        ///
        /// let mut map = HeaderMap::new();
        /// map.append("Content-Type", "text/plain")?;
        /// assert_eq!(map.get(header::CONTENT_TYPE).unwrap(), "text/plain");
        /// # Ok::<(), ratoon_header_map::Error>(())
        /// ```
        pub mod header {
            use super::Position;
            use crate::name::HeaderName;
            $(
                #[doc = concat!("`", $name, "`")]
                pub const $constant: HeaderName = HeaderName::known(Position::$constant as u8);
            )+
        }
    };
}

known_names! {
    ACCEPT = "accept",
    ACCEPT_CH = "accept-ch",
    ACCEPT_CHARSET = "accept-charset",
    ACCEPT_ENCODING = "accept-encoding",
    ACCEPT_LANGUAGE = "accept-language",
    ACCEPT_PATCH = "accept-patch",
    ACCEPT_RANGES = "accept-ranges",
    ACCESS_CONTROL_ALLOW_CREDENTIALS = "access-control-allow-credentials",
    ACCESS_CONTROL_ALLOW_HEADERS = "access-control-allow-headers",
    ACCESS_CONTROL_ALLOW_METHODS = "access-control-allow-methods",
    ACCESS_CONTROL_ALLOW_ORIGIN = "access-control-allow-origin",
    ACCESS_CONTROL_EXPOSE_HEADERS = "access-control-expose-headers",
    ACCESS_CONTROL_MAX_AGE = "access-control-max-age",
    ACCESS_CONTROL_REQUEST_HEADERS = "access-control-request-headers",
    ACCESS_CONTROL_REQUEST_METHOD = "access-control-request-method",
    AGE = "age",
    ALLOW = "allow",
    ALT_SVC = "alt-svc",
    ALT_USED = "alt-used",
    AUTHORIZATION = "authorization",
    B3 = "b3",
    BAGGAGE = "baggage",
    CACHE_CONTROL = "cache-control",
    CACHE_STATUS = "cache-status",
    CDN_CACHE_CONTROL = "cdn-cache-control",
    CDN_LOOP = "cdn-loop",
    CF_CONNECTING_IP = "cf-connecting-ip",
    CF_IPCOUNTRY = "cf-ipcountry",
    CF_RAY = "cf-ray",
    CLEAR_SITE_DATA = "clear-site-data",
    CONNECTION = "connection",
    CONTENT_DIGEST = "content-digest",
    CONTENT_DISPOSITION = "content-disposition",
    CONTENT_ENCODING = "content-encoding",
    CONTENT_LANGUAGE = "content-language",
    CONTENT_LENGTH = "content-length",
    CONTENT_LOCATION = "content-location",
    CONTENT_RANGE = "content-range",
    CONTENT_SECURITY_POLICY = "content-security-policy",
    CONTENT_SECURITY_POLICY_REPORT_ONLY = "content-security-policy-report-only",
    CONTENT_TYPE = "content-type",
    COOKIE = "cookie",
    CROSS_ORIGIN_EMBEDDER_POLICY = "cross-origin-embedder-policy",
    CROSS_ORIGIN_OPENER_POLICY = "cross-origin-opener-policy",
    CROSS_ORIGIN_RESOURCE_POLICY = "cross-origin-resource-policy",
    DATE = "date",
    DNT = "dnt",
    EARLY_DATA = "early-data",
    ETAG = "etag",
    EXPECT = "expect",
    EXPECT_CT = "expect-ct",
    EXPIRES = "expires",
    FORWARDED = "forwarded",
    FROM = "from",
    GRPC_ACCEPT_ENCODING = "grpc-accept-encoding",
    GRPC_ENCODING = "grpc-encoding",
    GRPC_MESSAGE = "grpc-message",
    GRPC_PREVIOUS_RPC_ATTEMPTS = "grpc-previous-rpc-attempts",
    GRPC_STATUS = "grpc-status",
    GRPC_STATUS_DETAILS_BIN = "grpc-status-details-bin",
    GRPC_TIMEOUT = "grpc-timeout",
    HOST = "host",
    HTTP2_SETTINGS = "http2-settings",
    IDEMPOTENCY_KEY = "idempotency-key",
    IF_MATCH = "if-match",
    IF_MODIFIED_SINCE = "if-modified-since",
    IF_NONE_MATCH = "if-none-match",
    IF_RANGE = "if-range",
    IF_UNMODIFIED_SINCE = "if-unmodified-since",
    KEEP_ALIVE = "keep-alive",
    LAST_EVENT_ID = "last-event-id",
    LAST_MODIFIED = "last-modified",
    LINK = "link",
    LOCATION = "location",
    MAX_FORWARDS = "max-forwards",
    NEL = "nel",
    ORIGIN = "origin",
    PERMISSIONS_POLICY = "permissions-policy",
    PRAGMA = "pragma",
    PRIORITY = "priority",
    PROXY_AUTHENTICATE = "proxy-authenticate",
    PROXY_AUTHORIZATION = "proxy-authorization",
    PROXY_CONNECTION = "proxy-connection",
    PUBLIC_KEY_PINS = "public-key-pins",
    PUBLIC_KEY_PINS_REPORT_ONLY = "public-key-pins-report-only",
    PURPOSE = "purpose",
    RANGE = "range",
    REFERER = "referer",
    REFERRER_POLICY = "referrer-policy",
    REFRESH = "refresh",
    REPORT_TO = "report-to",
    RETRY_AFTER = "retry-after",
    SAVE_DATA = "save-data",
    SEC_CH_UA = "sec-ch-ua",
    SEC_CH_UA_MOBILE = "sec-ch-ua-mobile",
    SEC_CH_UA_PLATFORM = "sec-ch-ua-platform",
    SEC_FETCH_DEST = "sec-fetch-dest",
    SEC_FETCH_MODE = "sec-fetch-mode",
    SEC_FETCH_SITE = "sec-fetch-site",
    SEC_FETCH_USER = "sec-fetch-user",
    SEC_GPC = "sec-gpc",
    SEC_PURPOSE = "sec-purpose",
    SEC_WEBSOCKET_ACCEPT = "sec-websocket-accept",
    SEC_WEBSOCKET_EXTENSIONS = "sec-websocket-extensions",
    SEC_WEBSOCKET_KEY = "sec-websocket-key",
    SEC_WEBSOCKET_PROTOCOL = "sec-websocket-protocol",
    SEC_WEBSOCKET_VERSION = "sec-websocket-version",
    SERVER = "server",
    SERVER_TIMING = "server-timing",
    SET_COOKIE = "set-cookie",
    STRICT_TRANSPORT_SECURITY = "strict-transport-security",
    TE = "te",
    TIMING_ALLOW_ORIGIN = "timing-allow-origin",
    TRACEPARENT = "traceparent",
    TRACESTATE = "tracestate",
    TRAILER = "trailer",
    TRANSFER_ENCODING = "transfer-encoding",
    TRUE_CLIENT_IP = "true-client-ip",
    UPGRADE = "upgrade",
    UPGRADE_INSECURE_REQUESTS = "upgrade-insecure-requests",
    USER_AGENT = "user-agent",
    VARY = "vary",
    VIA = "via",
    WARNING = "warning",
    WWW_AUTHENTICATE = "www-authenticate",
    X_ACCEL_BUFFERING = "x-accel-buffering",
    X_AMZN_TRACE_ID = "x-amzn-trace-id",
    X_API_KEY = "x-api-key",
    X_B3_FLAGS = "x-b3-flags",
    X_B3_PARENTSPANID = "x-b3-parentspanid",
    X_B3_SAMPLED = "x-b3-sampled",
    X_B3_SPANID = "x-b3-spanid",
    X_B3_TRACEID = "x-b3-traceid",
    X_CACHE = "x-cache",
    X_CACHE_HITS = "x-cache-hits",
    X_CLOUD_TRACE_CONTEXT = "x-cloud-trace-context",
    X_CONTENT_TYPE_OPTIONS = "x-content-type-options",
    X_CORRELATION_ID = "x-correlation-id",
    X_CSRF_TOKEN = "x-csrf-token",
    X_DNS_PREFETCH_CONTROL = "x-dns-prefetch-control",
    X_ENVOY_ATTEMPT_COUNT = "x-envoy-attempt-count",
    X_ENVOY_EXPECTED_RQ_TIMEOUT_MS = "x-envoy-expected-rq-timeout-ms",
    X_ENVOY_EXTERNAL_ADDRESS = "x-envoy-external-address",
    X_ENVOY_PEER_METADATA = "x-envoy-peer-metadata",
    X_ENVOY_PEER_METADATA_ID = "x-envoy-peer-metadata-id",
    X_ENVOY_UPSTREAM_SERVICE_TIME = "x-envoy-upstream-service-time",
    X_FORWARDED_CLIENT_CERT = "x-forwarded-client-cert",
    X_FORWARDED_FOR = "x-forwarded-for",
    X_FORWARDED_HOST = "x-forwarded-host",
    X_FORWARDED_PORT = "x-forwarded-port",
    X_FORWARDED_PREFIX = "x-forwarded-prefix",
    X_FORWARDED_PROTO = "x-forwarded-proto",
    X_FORWARDED_SERVER = "x-forwarded-server",
    X_FRAME_OPTIONS = "x-frame-options",
    X_POWERED_BY = "x-powered-by",
    X_REAL_IP = "x-real-ip",
    X_REQUEST_ID = "x-request-id",
    X_REQUESTED_WITH = "x-requested-with",
    X_ROBOTS_TAG = "x-robots-tag",
    X_SERVED_BY = "x-served-by",
    X_TIMER = "x-timer",
    X_XSS_PROTECTION = "x-xss-protection",
}
