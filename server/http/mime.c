#include "http/mime.h"

#include <stdlib.h>
#include <string.h>

/* Each kind says whether pages load it, and whether it is active. */
#define MEDIA(extension, type)                                                                     \
    {                                                                                              \
        extension, type, type, false, false                                                        \
    }
#define DATA(extension, type)                                                                      \
    {                                                                                              \
        extension, type, type, true, false                                                         \
    }
#define TEXT(extension, type)                                                                      \
    {                                                                                              \
        extension, type "; charset=utf-8", type, false, false                                      \
    }
#define PART(extension, type)                                                                      \
    {                                                                                              \
        extension, type "; charset=utf-8", type, true, false                                       \
    }
#define PAGE(extension, type)                                                                      \
    {                                                                                              \
        extension, type "; charset=utf-8", type, true, true                                        \
    }
#define ACTIVE(extension, type)                                                                    \
    {                                                                                              \
        extension, type, type, true, true                                                          \
    }

/* In the order of strcmp: mime_find searches by halves. */
static const struct mime types[] = {
    MEDIA("aac", "audio/aac"),
    MEDIA("apng", "image/apng"),
    MEDIA("avif", "image/avif"),
    TEXT("bib", "text/x-bibtex"),
    MEDIA("bin", "application/octet-stream"),
    MEDIA("bmp", "image/bmp"),
    MEDIA("bz2", "application/x-bzip2"),
    TEXT("c", "text/x-c"),
    DATA("cast", "application/x-asciicast"),
    TEXT("cc", "text/x-c++"),
    PART("cjs", "text/javascript"),
    TEXT("clj", "text/x-clojure"),
    TEXT("cpp", "text/x-c++"),
    TEXT("cs", "text/x-csharp"),
    PART("css", "text/css"),
    TEXT("csv", "text/csv"),
    TEXT("diff", "text/x-diff"),
    MEDIA("doc", "application/msword"),
    MEDIA("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    TEXT("dot", "text/vnd.graphviz"),
    ACTIVE("drawio", "application/xml"),
    MEDIA("eot", "application/vnd.ms-fontobject"),
    MEDIA("epub", "application/epub+zip"),
    MEDIA("flac", "audio/flac"),
    DATA("geojson", "application/geo+json"),
    MEDIA("gif", "image/gif"),
    MEDIA("glb", "model/gltf-binary"),
    DATA("gltf", "model/gltf+json"),
    TEXT("go", "text/x-go"),
    MEDIA("gpx", "application/gpx+xml"),
    MEDIA("gz", "application/gzip"),
    TEXT("h", "text/x-c"),
    MEDIA("heic", "image/heic"),
    MEDIA("heif", "image/heif"),
    TEXT("hpp", "text/x-c++"),
    TEXT("hs", "text/x-haskell"),
    PAGE("htm", "text/html"),
    PAGE("html", "text/html"),
    DATA("ico", "image/vnd.microsoft.icon"),
    TEXT("ics", "text/calendar"),
    TEXT("ini", "text/plain"),
    MEDIA("ipynb", "application/x-ipynb+json"),
    TEXT("java", "text/x-java"),
    MEDIA("jpeg", "image/jpeg"),
    MEDIA("jpg", "image/jpeg"),
    PART("js", "text/javascript"),
    DATA("json", "application/json"),
    MEDIA("json5", "application/json5"),
    DATA("jsonld", "application/ld+json"),
    MEDIA("jxl", "image/jxl"),
    MEDIA("key", "application/vnd.apple.keynote"),
    MEDIA("kml", "application/vnd.google-earth.kml+xml"),
    TEXT("kt", "text/x-kotlin"),
    TEXT("log", "text/plain"),
    TEXT("lua", "text/x-lua"),
    DATA("m3u8", "application/vnd.apple.mpegurl"),
    MEDIA("m4a", "audio/mp4"),
    MEDIA("m4v", "video/mp4"),
    DATA("map", "application/json"),
    TEXT("markdown", "text/markdown"),
    TEXT("md", "text/markdown"),
    MEDIA("mid", "audio/midi"),
    PART("mjs", "text/javascript"),
    TEXT("ml", "text/x-ocaml"),
    TEXT("mli", "text/x-ocaml"),
    MEDIA("mov", "video/quicktime"),
    MEDIA("mp3", "audio/mpeg"),
    MEDIA("mp4", "video/mp4"),
    DATA("mpd", "application/dash+xml"),
    TEXT("nix", "text/x-nix"),
    MEDIA("odg", "application/vnd.oasis.opendocument.graphics"),
    MEDIA("odp", "application/vnd.oasis.opendocument.presentation"),
    MEDIA("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    MEDIA("odt", "application/vnd.oasis.opendocument.text"),
    MEDIA("oga", "audio/ogg"),
    MEDIA("ogg", "audio/ogg"),
    MEDIA("ogv", "video/ogg"),
    MEDIA("opus", "audio/ogg"),
    DATA("otf", "font/otf"),
    TEXT("patch", "text/x-diff"),
    MEDIA("pdf", "application/pdf"),
    TEXT("php", "text/plain"),
    TEXT("pl", "text/x-perl"),
    MEDIA("png", "image/png"),
    MEDIA("ppt", "application/vnd.ms-powerpoint"),
    MEDIA("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    MEDIA("ps", "application/postscript"),
    TEXT("py", "text/x-python"),
    TEXT("r", "text/x-r"),
    TEXT("rb", "text/x-ruby"),
    TEXT("rs", "text/x-rust"),
    TEXT("rst", "text/x-rst"),
    MEDIA("rtf", "application/rtf"),
    TEXT("scala", "text/x-scala"),
    TEXT("scss", "text/x-scss"),
    TEXT("sh", "text/x-sh"),
    TEXT("sql", "text/x-sql"),
    MEDIA("srt", "application/x-subrip"),
    ACTIVE("svg", "image/svg+xml"),
    MEDIA("svgz", "application/octet-stream"),
    TEXT("swift", "text/x-swift"),
    MEDIA("tar", "application/x-tar"),
    TEXT("tex", "text/x-tex"),
    MEDIA("tif", "image/tiff"),
    MEDIA("tiff", "image/tiff"),
    TEXT("toml", "text/x-toml"),
    TEXT("ts", "text/x-typescript"),
    TEXT("tsv", "text/tab-separated-values"),
    DATA("ttf", "font/ttf"),
    TEXT("txt", "text/plain"),
    PART("vtt", "text/vtt"),
    DATA("wasm", "application/wasm"),
    MEDIA("wav", "audio/wav"),
    MEDIA("weba", "audio/webm"),
    MEDIA("webm", "video/webm"),
    DATA("webmanifest", "application/manifest+json"),
    MEDIA("webp", "image/webp"),
    MEDIA("woff", "font/woff"),
    MEDIA("woff2", "font/woff2"),
    ACTIVE("xhtml", "application/xhtml+xml"),
    MEDIA("xls", "application/vnd.ms-excel"),
    MEDIA("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ACTIVE("xml", "application/xml"),
    ACTIVE("xsl", "application/xml"),
    MEDIA("yaml", "application/yaml"),
    MEDIA("yml", "application/yaml"),
    MEDIA("zip", "application/zip"),
    MEDIA("zst", "application/zstd"),
};

enum { TYPE_COUNT = sizeof types / sizeof *types, EXTENSION_MAX = 16 };

static const struct mime unknown = MEDIA("", "application/octet-stream");

/* Files without an extension that are text by custom, read by whoever looks at a deck's source. */
static const struct mime plain_text = TEXT("", "text/plain");

static bool is_text_by_name(struct span name)
{
    static const char *const names[] = {"license", "licence", "copying",  "authors",
                                        "notice",  "readme",  "makefile", "dockerfile"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (span_is_nocase(name, names[i]))
            return true;
    return false;
}

static int compare(const void *key, const void *item)
{
    return strcmp(key, ((const struct mime *)item)->extension);
}

const struct mime *mime_find(struct span name)
{
    char extension[EXTENSION_MAX + 1];
    const struct mime *found;
    size_t dot, slash = name.len;

    while (slash > 0 && name.data[slash - 1] != '/')
        slash--;
    name = span_from(name, slash);
    dot = name.len;
    while (dot > 0 && name.data[dot - 1] != '.')
        dot--;
    if (dot == 0)
        return is_text_by_name(name) ? &plain_text : &unknown;
    if (name.len - dot > EXTENSION_MAX)
        return &unknown;
    for (size_t i = dot; i < name.len; i++) {
        char c = name.data[i];

        extension[i - dot] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    extension[name.len - dot] = '\0';
    found = bsearch(extension, types, TYPE_COUNT, sizeof *types, compare);
    return found ? found : &unknown;
}

const struct mime *mime_table(size_t *ret_count)
{
    *ret_count = TYPE_COUNT;
    return types;
}
