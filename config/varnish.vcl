# Varnish in front of decksd. What carries its content's digest is kept for as long as it says; pages, which say no-cache,
# are kept too but asked for anew each time, which costs decksd a 304. Nothing ever has to be purged.
vcl 4.1;

backend decksd {
    .host = "127.0.0.1";
    .port = "8080";
    .probe = {
        .url = "/_/health";
        .interval = 2s;
    }
}

sub vcl_backend_response {
    if (beresp.http.Cache-Control ~ "no-cache") {
        set beresp.ttl = 1ms; # with 0 Varnish would forget it
        set beresp.grace = 0s;
        set beresp.keep = 1d;
        return (deliver);
    }
}
