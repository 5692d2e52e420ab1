#include "site/language.h"

#include "base/escape.h"

#include <stddef.h>

static const struct {
    const char *tag, *name;
} languages[] = {
    {"ar", "العربية"},    {"bg", "Български"}, {"ca", "Català"},     {"cs", "Čeština"},
    {"da", "Dansk"},      {"de", "Deutsch"},   {"el", "Ελληνικά"},   {"en", "English"},
    {"eo", "Esperanto"},  {"es", "Español"},   {"et", "Eesti"},      {"eu", "Euskara"},
    {"fa", "فارسی"},      {"fi", "Suomi"},     {"fr", "Français"},   {"ga", "Gaeilge"},
    {"he", "עברית"},      {"hi", "हिन्दी"},     {"hr", "Hrvatski"},   {"hu", "Magyar"},
    {"id", "Indonesia"},  {"is", "Íslenska"},  {"it", "Italiano"},   {"ja", "日本語"},
    {"ko", "한국어"},     {"lt", "Lietuvių"},  {"lv", "Latviešu"},   {"nb", "Norsk bokmål"},
    {"nl", "Nederlands"}, {"no", "Norsk"},     {"pl", "Polski"},     {"pt", "Português"},
    {"ro", "Română"},     {"ru", "Русский"},   {"sk", "Slovenčina"}, {"sl", "Slovenščina"},
    {"sr", "Српски"},     {"sv", "Svenska"},   {"tr", "Türkçe"},     {"uk", "Українська"},
    {"vi", "Tiếng Việt"}, {"zh", "中文"},
};

static const char *const rtl_languages[] = {
    "ar",  "arc", "arz", "azb", "ckb", "dv", "fa",  "glk", "he",  "iw", "ji", "ks", "lrc",
    "mzn", "nqo", "pnb", "prs", "ps",  "sd", "sdh", "skr", "syr", "ug", "ur", "yi",
};

static const char *const rtl_scripts[] = {
    "Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa",
};

/* Cuts "zh" off "zh-Hant"; operating systems write "zh_TW". */
static struct span next_subtag(struct span *rest)
{
    size_t len = 0;
    struct span subtag;

    while (len < rest->len && rest->data[len] != '-' && rest->data[len] != '_')
        len++;
    subtag = span_cut(*rest, 0, len);
    *rest = span_from(*rest, len < rest->len ? len + 1 : len);
    return subtag;
}

struct span language_name(struct span tag)
{
    struct span rest = tag, base = next_subtag(&rest);

    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (span_is_nocase(base, languages[i].tag))
            return span_of(languages[i].name);
    return tag;
}

static bool is_among(struct span subtag, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (span_is_nocase(subtag, names[i]))
            return true;
    return false;
}

static bool is_script(struct span subtag)
{
    return subtag.len == 4 && !(subtag.data[0] >= '0' && subtag.data[0] <= '9');
}

bool language_is_rtl(struct span tag)
{
    struct span rest = tag, base = next_subtag(&rest), subtag = base;

    while (subtag.len != 1 && rest.len > 0) { /* behind a letter, all is somebody's own */
        subtag = next_subtag(&rest);
        if (is_script(subtag))
            return is_among(subtag, rtl_scripts, sizeof rtl_scripts / sizeof *rtl_scripts);
    }
    return is_among(base, rtl_languages, sizeof rtl_languages / sizeof *rtl_languages);
}

void language_append_attributes(struct strbuf *out, const char *tag)
{
    if (!tag)
        return;
    html_attribute(out, "lang", span_of(tag));
    if (language_is_rtl(span_of(tag)))
        html_attribute(out, "dir", SPAN("rtl"));
}
