/* A scanner of XES: bytes in, columns out, without a tree in between.
 *
 * Fed with pieces of a file, it keeps one column for each attribute of traces and of events: codes into distinct
 * texts, or numbers. It is strict: at whatever it does not know (entities of its own, mixed types, dates without a
 * zone, broken markup) it stops, and who called reads the file in another way. It never reads beyond what it was fed.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define DEEPEST 32
#define MOST_COLUMNS 512
#define LONGEST_NUMBER 63

enum { LOG = 1, TRACE, EVENT, TEXT, TRUTH, DATE, INT, FLOAT, NESTED, OTHER };
#define HOLDS_TEXT(type) ((type) <= TRUTH)

typedef struct {
    char *key;
    int64_t key_length, scope, type, rows, room, texts, texts_room, arena_length, arena_room, slots;
    int32_t *codes;
    int64_t *numbers;
    int64_t *text_at;
    uint64_t *hashes;
    char *arena;
    int32_t *table;
} Column;

typedef struct {
    int64_t traces, events, columns, depth, stopped, guess, case_room;
    uint8_t stack[DEEPEST];
    int32_t *trace_of;
    char *decoded;
    int64_t decoded_room;
    Column column[MOST_COLUMNS];
} Scanner;

static int grown(void **array, int64_t *room, int64_t needed, size_t size) {
    if (needed <= *room) return 1;
    int64_t wider = *room ? *room : 64;
    while (wider < needed) wider *= 2;
    void *moved = realloc(*array, (size_t)wider * size);
    if (!moved) return 0;
    *array = moved;
    *room = wider;
    return 1;
}

Scanner *portulan_xes_new(void) { return calloc(1, sizeof(Scanner)); }

/* Give back the memory of a column that was taken; only its facts and its key are left. */
void portulan_xes_forget(Scanner *s, int64_t i) {
    Column *c = &s->column[i];
    free(c->codes); free(c->numbers); free(c->text_at); free(c->hashes); free(c->arena); free(c->table);
    c->codes = c->table = NULL; c->numbers = c->text_at = NULL; c->hashes = NULL; c->arena = NULL;
}

void portulan_xes_free(Scanner *s) {
    if (!s) return;
    for (int64_t i = 0; i < s->columns; i++) { portulan_xes_forget(s, i); free(s->column[i].key); }
    free(s->trace_of); free(s->decoded); free(s);
}

static int64_t days(int64_t y, int64_t m, int64_t d) {
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int digits(const char *p, int n, int64_t *number) {
    *number = 0;
    for (int i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9') return 0;
        *number = *number * 10 + p[i] - '0';
    }
    return 1;
}

/* Read `2011-10-01T00:38:44.546+02:00` or `...Z` as UTC microseconds. */
static int moment(const char *p, int64_t n, int64_t *at) {
    int64_t y, mo, d, h, mi, s, zh = 0, zm = 0, micros = 0;
    if (n < 20 || !digits(p, 4, &y) || p[4] != '-' || !digits(p + 5, 2, &mo) || p[7] != '-' ||
        !digits(p + 8, 2, &d) || p[10] != 'T' || !digits(p + 11, 2, &h) || p[13] != ':' ||
        !digits(p + 14, 2, &mi) || p[16] != ':' || !digits(p + 17, 2, &s)) return 0;
    if (mo < 1 || mo > 12 || d < 1 || d > 31 || h > 23 || mi > 59 || s > 59) return 0;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (d > lengths[mo - 1] + (mo == 2 && y % 4 == 0 && (y % 100 != 0 || y % 400 == 0))) return 0;
    const char *q = p + 19, *end = p + n;
    if (*q == '.') {
        int64_t scale = 100000;
        if (++q == end || *q < '0' || *q > '9') return 0;
        for (; q < end && *q >= '0' && *q <= '9'; q++, scale /= 10) micros += (*q - '0') * scale;
    }
    if (end - q == 1 && *q == 'Z') zh = zm = 0;
    else if (end - q == 6 && (*q == '+' || *q == '-') && q[3] == ':' && digits(q + 1, 2, &zh) && digits(q + 4, 2, &zm)) {
        if (zh > 23 || zm > 59) return 0;
        if (*q == '-') { zh = -zh; zm = -zm; }
    } else return 0;
    *at = ((days(y, mo, d) * 24 + h - zh) * 60 + mi - zm) * 60000000 + s * 1000000 + micros;
    return 1;
}

static int whole(const char *p, int64_t n, int64_t *number) {
    char text[LONGEST_NUMBER + 1], *end;
    if (n < 1 || n > LONGEST_NUMBER) return 0;
    memcpy(text, p, (size_t)n);
    text[n] = 0;
    errno = 0;
    *number = strtoll(text, &end, 10);
    return end == text + n && !errno && *number != INT64_MIN && *p != ' ';
}

static int real(const char *p, int64_t n, double *number) {
    char text[LONGEST_NUMBER + 1], *end;
    if (n < 1 || n > LONGEST_NUMBER) return 0;
    for (int64_t i = 0; i < n; i++) if (!strchr("0123456789+-.eE", p[i])) return 0;
    memcpy(text, p, (size_t)n);
    text[n] = 0;
    *number = strtod(text, &end);
    return end == text + n;
}

static int64_t utf8(uint64_t code, char *out) {
    if (code < 0x80) { out[0] = (char)code; return 1; }
    if (code < 0x800) { out[0] = (char)(0xC0 | code >> 6); out[1] = (char)(0x80 | (code & 63)); return 2; }
    if (code < 0x10000) {
        if (code >= 0xD800 && code < 0xE000) return 0;
        out[0] = (char)(0xE0 | code >> 12); out[1] = (char)(0x80 | (code >> 6 & 63)); out[2] = (char)(0x80 | (code & 63));
        return 3;
    }
    if (code > 0x10FFFF) return 0;
    out[0] = (char)(0xF0 | code >> 18); out[1] = (char)(0x80 | (code >> 12 & 63));
    out[2] = (char)(0x80 | (code >> 6 & 63)); out[3] = (char)(0x80 | (code & 63));
    return 4;
}

static int64_t reference(const char *p, const char *end, char *out) {
    static const struct { const char *name; char is; } known[] = {
        {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    int64_t n = end - p;
    for (int i = 0; i < 5; i++)
        if ((int64_t)strlen(known[i].name) == n && !memcmp(p, known[i].name, (size_t)n)) { out[0] = known[i].is; return 1; }
    if (n < 2 || n > 9 || *p != '#') return 0;
    int hex = p[1] == 'x';
    uint64_t code = 0;
    for (const char *q = p + 1 + hex; q < end; q++) {
        int digit = *q >= '0' && *q <= '9' ? *q - '0' : hex && *q >= 'a' && *q <= 'f' ? *q - 'a' + 10
                    : hex && *q >= 'A' && *q <= 'F' ? *q - 'A' + 10 : -1;
        if (digit < 0) return 0;
        code = code * (hex ? 16 : 10) + (uint64_t)digit;
    }
    return code ? utf8(code, out) : 0;
}

/* Resolve references and turn white space into spaces, as XML asks of attribute values. */
static int decoded(Scanner *s, const char **value, int64_t *n) {
    if (!grown((void **)&s->decoded, &s->decoded_room, *n + 4, 1)) return 0;
    const char *p = *value, *end = p + *n;
    char *out = s->decoded;
    while (p < end) {
        if (*p == '&') {
            const char *stop = memchr(p, ';', (size_t)(end - p));
            if (!stop) return 0;
            int64_t made = reference(p + 1, stop, out);
            if (!made) return 0;
            out += made;
            p = stop + 1;
        } else {
            *out++ = *p == '\n' || *p == '\t' || *p == '\r' ? ' ' : *p;
            p++;
        }
    }
    *value = s->decoded;
    *n = out - s->decoded;
    return 1;
}

static int widened(Column *c, int64_t rows) {
    if (HOLDS_TEXT(c->type) ? !grown((void **)&c->codes, &c->room, rows, sizeof *c->codes)
                        : !grown((void **)&c->numbers, &c->room, rows, sizeof *c->numbers)) return 0;
    for (; c->rows < rows; c->rows++) {
        if (HOLDS_TEXT(c->type)) c->codes[c->rows] = -1;
        else c->numbers[c->rows] = INT64_MIN;
    }
    return 1;
}

static int rehashed(Column *c) {
    int64_t slots = c->slots ? c->slots * 4 : 64;
    int32_t *table = malloc((size_t)slots * sizeof *table);
    if (!table) return 0;
    memset(table, 0xFF, (size_t)slots * sizeof *table);
    for (int64_t i = 0; i < c->texts; i++) {
        uint64_t slot = c->hashes[i] & (uint64_t)(slots - 1);
        while (table[slot] >= 0) slot = (slot + 1) & (uint64_t)(slots - 1);
        table[slot] = (int32_t)i;
    }
    free(c->table);
    c->table = table;
    c->slots = slots;
    return 1;
}

/* Return the code of a text, -1 when memory lacks. Texts lie in the arena one after the other, each ended by a zero. */
static int32_t coded(Column *c, const char *p, int64_t n, uint64_t hash) {
    if (c->texts * 2 >= c->slots && !rehashed(c)) return -1;
    uint64_t slot = hash & (uint64_t)(c->slots - 1);
    for (; c->table[slot] >= 0; slot = (slot + 1) & (uint64_t)(c->slots - 1)) {
        int32_t code = c->table[slot];
        if (c->hashes[code] != hash) continue;
        int64_t begin = c->text_at[code], end = code + 1 < c->texts ? c->text_at[code + 1] : c->arena_length;
        if (end - begin - 1 == n && !memcmp(c->arena + begin, p, (size_t)n)) return code;
    }
    int64_t room = c->texts_room;
    if (c->texts >= INT32_MAX || !grown((void **)&c->text_at, &room, c->texts + 1, sizeof *c->text_at)) return -1;
    if (!grown((void **)&c->hashes, &c->texts_room, c->texts + 1, sizeof *c->hashes)) return -1;
    if (!grown((void **)&c->arena, &c->arena_room, c->arena_length + n + 1, 1)) return -1;
    memcpy(c->arena + c->arena_length, p, (size_t)n);
    c->arena[c->arena_length + n] = 0;
    c->text_at[c->texts] = c->arena_length;
    c->hashes[c->texts] = hash;
    c->arena_length += n + 1;
    c->table[slot] = (int32_t)c->texts;
    return (int32_t)c->texts++;
}

static Column *column_of(Scanner *s, const char *key, int64_t n, int64_t scope, int64_t type) {
    for (int64_t tried = 0; tried < s->columns; tried++) {
        int64_t i = (s->guess + tried) % s->columns;
        Column *c = &s->column[i];
        if (c->scope == scope && c->key_length == n && !memcmp(c->key, key, (size_t)n)) {
            s->guess = i + 1;
            return c->type == type ? c : NULL;
        }
    }
    if (s->columns == MOST_COLUMNS) return NULL;
    Column *c = &s->column[s->columns];
    c->key = malloc((size_t)n + 1);
    if (!c->key) return NULL;
    memcpy(c->key, key, (size_t)n);
    c->key[n] = 0;
    c->key_length = n;
    c->scope = scope;
    c->type = type;
    s->guess = ++s->columns;
    return c;
}

static int stored(Scanner *s, int scope, int type, const char *key, int64_t key_n, const char *p, int64_t n) {
    Column *c = column_of(s, key, key_n, scope, type);
    int64_t row = (scope == TRACE ? s->traces : s->events) - 1, number;
    if (!c || !widened(c, row + 1)) return 0;
    if (HOLDS_TEXT(type)) {
        uint64_t hash = 0xCBF29CE484222325ULL;
        int odd = 0;
        for (int64_t i = 0; i < n; i++) {
            odd |= p[i] == '&' || (unsigned char)p[i] < ' ';
            hash = (hash ^ (unsigned char)p[i]) * 0x100000001B3ULL;
        }
        if (odd) {
            if (!decoded(s, &p, &n) || memchr(p, 0, (size_t)n)) return 0;
            hash = 0xCBF29CE484222325ULL;
            for (int64_t i = 0; i < n; i++) hash = (hash ^ (unsigned char)p[i]) * 0x100000001B3ULL;
        }
        hash ^= hash >> 29;
        return (c->codes[row] = coded(c, p, n, hash)) >= 0;
    }
    if (type == FLOAT) {
        double value;
        if (!real(p, n, &value)) return 0;
        memcpy(&c->numbers[row], &value, sizeof value);
        return 1;
    }
    if (type == DATE ? !moment(p, n, &number) : !whole(p, n, &number)) return 0;
    c->numbers[row] = number;
    return 1;
}

static int kind_of(const char *p, int64_t n) {
    static const struct { const char *name; int kind; } known[] = {
        {"string", TEXT}, {"date", DATE}, {"int", INT}, {"float", FLOAT}, {"boolean", TRUTH}, {"id", TEXT},
        {"event", EVENT}, {"trace", TRACE}, {"log", LOG}, {"list", NESTED}, {"container", NESTED}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if ((int64_t)strlen(known[i].name) == n && !memcmp(p, known[i].name, (size_t)n)) return known[i].kind;
    return OTHER;
}

static int blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
static int naming(char c) { return !blank(c) && c != '=' && c != '>' && c != '/' && c != '<' && c != '"' && c != '\''; }

typedef struct { const char *at; int64_t n; } Text;
enum { MORE = 0, DONE = 1, BROKEN = -1 };

/* Read the start of an element after its name, up to and with `>`; sets key and value. */
static int attributes(const char **at, const char *end, Text *key, Text *value, int *closed) {
    const char *p = *at;
    for (;;) {
        while (p < end && blank(*p)) p++;
        if (p == end) return MORE;
        if (*p == '>') { *closed = 0; *at = p + 1; return DONE; }
        if (*p == '/') {
            if (p + 1 == end) return MORE;
            if (p[1] != '>') return BROKEN;
            *closed = 1; *at = p + 2;
            return DONE;
        }
        const char *name = p;
        while (p < end && naming(*p)) p++;
        int64_t n = p - name;
        if (p == end) return MORE;
        if (!n || *p != '=') return BROKEN;
        if (++p == end) return MORE;
        char quote = *p;
        if (quote != '"' && quote != '\'') return BROKEN;
        const char *begin = ++p;
        p = p < end ? memchr(p, quote, (size_t)(end - p)) : NULL;
        if (!p) return MORE;
        if (n == 3 && !memcmp(name, "key", 3)) *key = (Text){begin, p - begin};
        else if (n == 5 && !memcmp(name, "value", 5)) *value = (Text){begin, p - begin};
        p++;
    }
}

static int opened(Scanner *s, int kind, Text key, Text value, int closed) {
    int parent = s->depth ? s->stack[s->depth - 1] : 0;
    if (kind == TRACE || kind == EVENT || kind == LOG) {
        if (parent != (kind == LOG ? 0 : kind - 1)) return 0;
    }
    if (kind == TRACE) { if (++s->traces > INT32_MAX) return 0; }
    else if (kind == EVENT) {
        if (!grown((void **)&s->trace_of, &s->case_room, s->events + 1, sizeof *s->trace_of)) return 0;
        s->trace_of[s->events++] = (int32_t)(s->traces - 1);
    } else if (kind >= TEXT && kind <= FLOAT && (parent == TRACE || parent == EVENT)) {
        if (!key.at || !value.at || memchr(key.at, '&', (size_t)key.n)) return 0;
        if (!stored(s, parent, kind, key.at, key.n, value.at, value.n)) return 0;
    }
    if (closed) return 1;
    if (s->depth == DEEPEST) return 0;
    s->stack[s->depth++] = (uint8_t)(kind == TRACE || kind == EVENT || kind == LOG ? kind : NESTED);
    return 1;
}

static int until(const char **at, const char *end, const char *mark) {
    size_t n = strlen(mark);
    for (const char *p = *at; (p = p < end ? memchr(p, *mark, (size_t)(end - p)) : NULL); p++) {
        if ((size_t)(end - p) < n) return MORE;
        if (!memcmp(p, mark, n)) { *at = p + n; return DONE; }
    }
    return MORE;
}

static int begins(const char *p, const char *end, const char *mark, int *short_of) {
    size_t n = strlen(mark), here = (size_t)(end - p);
    if (here < n && !memcmp(p, mark, here)) *short_of = 1;
    return here >= n && !memcmp(p, mark, n);
}

/* Read one piece of markup that begins at `<`. */
static int markup(Scanner *s, const char **at, const char *end) {
    const char *p = *at;
    int short_of = 0;
    static const char *skipped[][2] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};
    for (int i = 0; i < 3; i++)
        if (begins(p, end, skipped[i][0], &short_of)) {
            *at = p + strlen(skipped[i][0]);
            return until(at, end, skipped[i][1]);
        }
    if (short_of || end - p < 2) return MORE;
    if (p[1] == '!') return BROKEN;
    if (p[1] == '/') {
        const char *stop = memchr(p, '>', (size_t)(end - p));
        if (!stop) return MORE;
        const char *last = stop;
        while (last > p + 2 && blank(last[-1])) last--;
        int kind = kind_of(p + 2, last - p - 2);
        if (!s->depth || (kind <= EVENT ? kind : NESTED) != s->stack[s->depth - 1]) return BROKEN;
        s->depth--;
        *at = stop + 1;
        return DONE;
    }
    const char *name = ++p;
    while (p < end && naming(*p)) p++;
    if (p == end) return MORE;
    if (p == name) return BROKEN;
    Text key = {0}, value = {0};
    int kind = kind_of(name, p - name), closed = 0;
    int read = attributes(&p, end, &key, &value, &closed);
    if (read != DONE) return read;
    *at = p;
    return opened(s, kind, key, value, closed) ? DONE : BROKEN;
}

/* Read a piece; return how many of its bytes are done with (the rest comes again, with more), -1 when it stops. */
int64_t portulan_xes_feed(Scanner *s, const char *piece, int64_t n) {
    const char *p = piece, *end = piece + n;
    if (s->stopped) return -1;
    while (p < end) {
        const char *mark = memchr(p, '<', (size_t)(end - p));
        if (!mark) return n;
        p = mark;
        int read = markup(s, &p, end);
        if (read == MORE) return mark - piece;
        if (read == BROKEN) { s->stopped = 1; return -1; }
    }
    return n;
}

/* Counts: traces, events, columns, elements still open. */
void portulan_xes_counts(const Scanner *s, int64_t *counts) {
    counts[0] = s->traces; counts[1] = s->events; counts[2] = s->columns; counts[3] = s->depth;
}
const int32_t *portulan_xes_traces(const Scanner *s) { return s->trace_of; }

/* A column: its key, then scope, type, rows, distinct texts and bytes of the arena in `facts`. */
const char *portulan_xes_column(const Scanner *s, int64_t i, int64_t *facts) {
    const Column *c = &s->column[i];
    facts[0] = c->scope; facts[1] = c->type; facts[2] = c->rows; facts[3] = c->texts; facts[4] = c->arena_length;
    return c->key;
}
const void *portulan_xes_cells(const Scanner *s, int64_t i) {
    const Column *c = &s->column[i];
    return HOLDS_TEXT(c->type) ? (const void *)c->codes : (const void *)c->numbers;
}
const char *portulan_xes_texts(const Scanner *s, int64_t i) { return s->column[i].arena; }
