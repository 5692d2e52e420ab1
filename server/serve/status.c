#include "serve/status.h"

#include "base/clock.h"
#include "base/mem.h"
#include "site/count.h"
#include "site/summary.h"

#include <stdlib.h>
#include <string.h>

void status_init(struct status *status, const struct sd *sd)
{
    *status = (struct status){.sd = sd, .at = clock_monotonic_ns()};
}

void status_release(struct status *status)
{
    free(status->edition);
    free(status->said);
}

void status_publish(struct status *status, const struct site *site, uint64_t requests)
{
    struct strbuf text = STRBUF_INIT;

    summary_append_size(&text, site);
    strbuf_append_text(&text, ", ");
    count_append(&text, site_problems(site)->list.count + site_problems(site)->dropped, "problem");
    free(status->edition);
    status->edition = strbuf_detach(&text, NULL);
    status_update(status, requests);
}

void status_update(struct status *status, uint64_t requests)
{
    uint64_t now = clock_monotonic_ns(), spent = now - status->at;
    char *text;

    if (!status->edition)
        return;
    text = mem_format("%s, %.1f requests/s", status->edition,
                      spent > 0 ? (double)(requests - status->requests) * 1e9 / (double)spent : 0);
    status->requests = requests;
    status->at = now;
    if (status->said && strcmp(status->said, text) == 0) {
        free(text);
        return;
    }
    free(status->said);
    status->said = text;
    sd_status(status->sd, text);
}
