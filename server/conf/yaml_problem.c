#include "conf/yaml_problem.h"

#include <string.h>

static const char *mend(const char *problem)
{
    static const struct {
        const char *problem, *mend;
    } known[] = {
        {"mapping values are not allowed in this context",
         "a second `: ` in one value, or a line indented too far: put the value in quotes"},
        {"could not find expected ':'", "this line is no `key: value`: add the colon and a blank"},
        {"found character that cannot start any token",
         "a value cannot start with a tab, `@`, `` ` `` or `%`: indent with blanks, put the value "
         "in quotes"},
        {"found unexpected end of stream", "a quote is not closed: add it"},
        {"did not find expected key",
         "this line does not fit the ones above: check its indentation, and that all before it is "
         "quoted right"},
        {"did not find expected '-' indicator",
         "this line is no item of the list above: check its indentation"},
        {"did not find expected ',' or ']'", "a list in brackets is not closed: add `]`"},
        {"did not find expected ',' or '}'", "a map in braces is not closed: add `}`"},
        {"did not find expected alphabetic or numeric character",
         "a value cannot start with `*` or `&`: put it in quotes"},
        {"found unknown escape character",
         "no such escape in double quotes: write `\\\\` for a backslash, or use single quotes"},
        {"found undefined tag handle", "a value cannot start with `!`: put it in quotes"},
        {"block sequence entries are not allowed in this context",
         "a list begins on a line of its own, below its key"},
        {"control characters are not allowed", "a control character: delete it"},
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (problem && strcmp(problem, known[i].problem) == 0)
            return known[i].mend;
    return problem ? problem : "not YAML";
}

yaml_mark_t yaml_problem_mark(struct span text, size_t offset)
{
    yaml_mark_t mark = {0};

    for (size_t i = 0; i < offset && i < text.len; i++) {
        mark.column = text.data[i] == '\n' ? 0 : mark.column + 1;
        mark.line += text.data[i] == '\n';
    }
    return mark;
}

const char *yaml_problem_explain(const yaml_parser_t *parser, struct span text,
                                 yaml_mark_t *ret_mark)
{
    if (parser->error == YAML_READER_ERROR)
        *ret_mark = yaml_problem_mark(text, parser->problem_offset);
    else if (parser->problem && strcmp(parser->problem, "could not find expected ':'") == 0)
        *ret_mark = parser->context_mark;
    else
        *ret_mark = parser->problem_mark;
    return mend(parser->problem);
}
