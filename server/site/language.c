#include "site/language.h"

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

struct span language_name(struct span tag)
{
    struct span base = tag;

    for (size_t i = 0; i < tag.len && base.len == tag.len; i++)
        if (tag.data[i] == '-' || tag.data[i] == '_')
            base.len = i;
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (span_is_nocase(base, languages[i].tag))
            return span_of(languages[i].name);
    return tag;
}
