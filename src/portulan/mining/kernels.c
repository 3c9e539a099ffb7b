/* The kernels of mining: loops over the coded log that numpy makes many passes for.
 *
 * Plain C behind a flat interface: arrays in, arrays out, nothing kept, nothing allocated that is not freed here.
 * Called through ctypes, which lets other threads run meanwhile. Each has a twin in twins.py that returns the same.
 * Codes are trusted to lie in their ranges: kernels.py checks them before it calls.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define INTERFACE 6
/* Logarithmic bins of waits: sixteen to an octave, exact below sixteen. */
#define FINE 4
#define BINS (64 << FINE)
/* Groups smaller than this are searched directly. */
#define SMALL 128

int64_t portulan_interface(void) { return INTERFACE; }

/* Count steps, arcs and the cases of both, each case as often as its weight says (once when `weight` is null).
 * `arc_*` have k * k places, `step_*`, `starts`, `ends` k; `seen_*` are as long and hold -1. */
void portulan_tally(const int32_t *step, const int64_t *offsets, int64_t cases, const int64_t *weight, int64_t k,
                    int64_t *arc_count, int64_t *arc_cases, int64_t *step_count, int64_t *step_cases,
                    int64_t *starts, int64_t *ends, int32_t *seen_arc, int32_t *seen_step) {
    for (int64_t c = 0; c < cases; c++) {
        int64_t i = offsets[c], end = offsets[c + 1], many = weight ? weight[c] : 1;
        if (i == end || !many) continue;
        int64_t here = step[i];
        starts[here] += many;
        for (;;) {
            step_count[here] += many;
            if (seen_step[here] != (int32_t)c) { seen_step[here] = (int32_t)c; step_cases[here] += many; }
            if (++i == end) break;
            int64_t next = step[i], arc = here * k + next;
            arc_count[arc] += many;
            if (seen_arc[arc] != (int32_t)c) { seen_arc[arc] = (int32_t)c; arc_cases[arc] += many; }
            here = next;
        }
        ends[here] += many;
    }
}

/* Put the wait of each transition on two clocks into the place of its arc; `place` (k * k) says where each begins. */
void portulan_waits(const int32_t *step, const int64_t *offsets, int64_t cases, const uint8_t *chosen, int64_t k,
                    const int64_t *clock, const int64_t *other, int64_t *place, int64_t *waits, int64_t *others) {
    for (int64_t c = 0; c < cases; c++) {
        if (chosen && !chosen[c]) continue;
        for (int64_t i = offsets[c]; i + 1 < offsets[c + 1]; i++) {
            int64_t at = place[(int64_t)step[i] * k + step[i + 1]]++;
            waits[at] = clock[i + 1] - clock[i];
            others[at] = other[i + 1] - other[i];
        }
    }
}

/* Without a branch: which waits are short is seldom to be foreseen. */
static inline int bin_of(int64_t value) {
    int64_t known = value < 0 ? 0 : value;
    int exponent = 63 - __builtin_clzll((uint64_t)(known | (1 << FINE)));
    int wide = (exponent << FINE) | (int)((known >> (exponent - FINE)) & ((1 << FINE) - 1));
    return known < (1 << FINE) ? (int)known : wide;
}

static int ascending(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The value of a rank by quickselect (Hoare); sorts what is left when the pivots are unlucky. */
static int64_t ranked(int64_t *a, int64_t n, int64_t rank) {
    int64_t low = 0, high = n - 1;
    for (int tries = 0; low < high; tries++) {
        if (tries > 64) { qsort(a + low, (size_t)(high - low + 1), sizeof *a, ascending); break; }
        int64_t x = a[low], y = a[low + (high - low) / 2], z = a[high];
        int64_t pivot = x < y ? (y < z ? y : (x < z ? z : x)) : (x < z ? x : (y < z ? z : y));
        int64_t i = low, j = high;
        while (i <= j) {
            while (a[i] < pivot) i++;
            while (a[j] > pivot) j--;
            if (i <= j) { int64_t held = a[i]; a[i] = a[j]; a[j] = held; i++; j--; }
        }
        if (rank <= j) high = j;
        else if (rank >= i) low = i;
        else break;
    }
    return a[rank];
}

static double between(int64_t low, int64_t high, double part) {
    return (double)low + ((double)high - (double)low) * part;
}

/* The quantile of a place between two neighbours in a[0, n), which is reordered. */
static double mixed(int64_t *a, int64_t n, double place) {
    int64_t rank = (int64_t)place;
    int64_t low = ranked(a, n, rank);
    if (rank + 1 >= n || place == (double)rank) return (double)low;
    int64_t high = INT64_MAX;
    for (int64_t i = rank + 1; i < n; i++) if (a[i] < high) high = a[i];
    return between(low, high, place - (double)rank);
}

/* At most so many quantiles are sought in one pass. */
#define TOGETHER 4

/* The bins that hold both neighbours of a place: the first, the last, what lies below them and in them. */
typedef struct { int first, last; int64_t below, within; } range_t;

static range_t around(const uint32_t *counts, int64_t n, double place) {
    int64_t rank = (int64_t)place;
    range_t r = {0, 0, 0, 0};
    while (r.below + counts[r.first] <= rank) r.below += counts[r.first++];
    r.last = r.first;
    r.within = counts[r.first];
    while (r.below + r.within <= rank + 1 && r.below + r.within < n) r.within += counts[++r.last];
    return r;
}

/* What is searched in a large group: where each quantile lies, and what lies there. A bin below sixteen holds one
 * value, unless something is below nought. */
typedef struct { range_t range[TOGETHER]; int64_t *kept[TOGETHER], size[TOGETHER]; int open; } search_t;

/* Say in `wanted` which bins are searched, by a bit a quantile from `bit` on; `scratch` grows by what they hold. */
static void begin_search(search_t *f, const uint32_t *counts, int64_t n, const double *shares, int64_t asked,
                         int signs, int bit, int64_t **scratch, uint8_t *wanted, double *found) {
    f->open = 0;
    for (int64_t s = 0; s < asked; s++) {
        range_t r = f->range[s] = around(counts, n, (double)(n - 1) * shares[s]);
        f->size[s] = 0;
        if (r.first == r.last && r.first < (1 << FINE) && !signs) { found[s] = r.first; continue; }
        f->kept[s] = *scratch;
        *scratch += r.within + 1;
        f->open |= 1 << s;
        for (int bin = r.first; bin <= r.last; bin++) wanted[bin] |= (uint8_t)(1 << (bit + s));
    }
}

/* Copy the values that bear a tag, and return how many; one place more than that is written to. */
static int64_t tagged(const int64_t *a, const uint8_t *tags, int64_t n, int tag, int64_t *into) {
    int64_t kept = 0;
    for (int64_t i = 0; i < n; i++) { into[kept] = a[i]; kept += (tags[i] & tag) != 0; }
    return kept;
}

/* Keep of a[0, n) what is searched for a group or for all. `near` and `tags` have n places. */
static void sorted_out(search_t *one, search_t *all, const int64_t *a, int64_t n, const uint8_t *wanted, int64_t asked,
                       int64_t *near, uint8_t *tags) {
    int64_t kept = 0;
    for (int64_t i = 0; i < n; i++) {
        uint8_t want = wanted[bin_of(a[i])];
        near[kept] = a[i];
        tags[kept] = want;
        kept += want != 0;
    }
    for (int64_t s = 0; s < asked; s++) {
        if (one->open >> s & 1) one->size[s] += tagged(near, tags, kept, 1 << s, one->kept[s] + one->size[s]);
        if (all->open >> s & 1)
            all->size[s] += tagged(near, tags, kept, 1 << (TOGETHER + s), all->kept[s] + all->size[s]);
    }
}

static void end_search(search_t *f, int64_t n, const double *shares, int64_t asked, double *found) {
    for (int64_t s = 0; s < asked; s++)
        if (f->open >> s & 1)
            found[s] = mixed(f->kept[s], f->size[s], (double)(n - 1) * shares[s] - (double)f->range[s].below);
}

static void all_mixed(int64_t *a, int64_t n, const double *shares, int64_t asked, double *found) {
    for (int64_t s = 0; s < asked && n; s++) found[s] = mixed(a, n, (double)(n - 1) * shares[s]);
}

/* Quantiles of the groups g[0, groups) of `values` and of all of them together, `whole`. One pass counts the bins
 * of each group, whose sums are those of all; another keeps what is searched for a group or for all.
 * `counts` has BINS places a group, `scratch` 2 * asked + 1 times the values and one more, `tags` as many. */
static void nested(int64_t *values, const int64_t *begins, int64_t groups, const double *shares, int64_t asked,
                   uint32_t *counts, int64_t *scratch, uint8_t *tags, double *found, double *whole) {
    int64_t n = begins[groups] - begins[0], signs = 0, filled = 0, alone = -1;
    uint32_t total[BINS] = {0};
    uint8_t outer[BINS] = {0}, wanted[BINS];
    search_t all, one;
    for (int64_t g = 0; g < groups; g++) {
        int large = begins[g + 1] - begins[g] >= SMALL;
        uint32_t *mine = large ? counts + g * BINS : total;
        if (begins[g] == begins[g + 1]) continue;
        filled++;
        alone = g;
        if (large) memset(mine, 0, BINS * sizeof *mine);
        for (int64_t i = begins[g]; i < begins[g + 1]; i++) { mine[bin_of(values[i])]++; signs |= values[i]; }
        for (int bin = 0; large && bin < BINS; bin++) total[bin] += mine[bin];
    }
    if (filled > 1) alone = -1;
    begin_search(&all, total, n, shares, asked, signs < 0, TOGETHER, &scratch, outer, whole);
    for (int64_t g = 0; g < groups; g++) {
        int64_t *a = values + begins[g], size = begins[g + 1] - begins[g], *room = scratch;
        if (!size) continue;
        memcpy(wanted, outer, sizeof outer);
        one.open = 0;
        if (size >= SMALL && g != alone)
            begin_search(&one, counts + g * BINS, size, shares, asked, signs < 0, 0, &room, wanted, found + g * asked);
        if (one.open || all.open) sorted_out(&one, &all, a, size, wanted, asked, room, tags);
        if (size >= SMALL) end_search(&one, size, shares, asked, found + g * asked);
        else all_mixed(a, size, shares, asked, found + g * asked);
    }
    end_search(&all, n, shares, asked, whole);
    if (alone >= 0) memcpy(found + alone * asked, whole, (size_t)asked * sizeof *whole);
}

/* Quantiles of each group of `values`, laid out group after group and reordered, and of each run of groups that
 * `runs` (sets + 1) cuts; NaN is left in `found` (groups * shares) and `whole` (sets * shares) where one is empty.
 * `asked` is TOGETHER at most. Returns 0, or 1 when memory lacks. */
int64_t portulan_quantiles(int64_t *values, const int64_t *begins, const int64_t *runs, int64_t sets,
                           const double *shares, int64_t asked, double *found, double *whole) {
    int64_t largest = 0, most = 0;
    for (int64_t r = 0; r < sets; r++) {
        int64_t n = begins[runs[r + 1]] - begins[runs[r]], groups = runs[r + 1] - runs[r];
        if (n > largest) largest = n;
        if (n >= SMALL && groups > most) most = groups;
    }
    int large = largest >= SMALL;
    int64_t *scratch = large ? malloc((size_t)((2 * asked + 1) * (largest + 1)) * sizeof *scratch) : NULL;
    uint8_t *tags = large ? malloc((size_t)largest) : NULL;
    uint32_t *counts = large ? malloc((size_t)most * BINS * sizeof *counts) : NULL;
    int64_t lacking = large && (!scratch || !counts || !tags);
    for (int64_t r = 0; r < sets && !lacking; r++) {
        const int64_t *mine = begins + runs[r];
        int64_t groups = runs[r + 1] - runs[r], n = mine[groups] - mine[0];
        double *inner = found + runs[r] * asked, *outer = whole + r * asked;
        if (n >= SMALL) { nested(values, mine, groups, shares, asked, counts, scratch, tags, inner, outer); continue; }
        for (int64_t g = 0; g < groups; g++)
            all_mixed(values + mine[g], mine[g + 1] - mine[g], shares, asked, inner + g * asked);
        all_mixed(values + mine[0], n, shares, asked, outer);
    }
    free(scratch);
    free(counts);
    free(tags);
    return lacking;
}

/* Count the waits of the chosen cases by arc and logarithmic bin; `row` (k * k) is the row of an arc in `bins`. */
void portulan_binned(const int32_t *step, const int64_t *offsets, int64_t cases, const uint8_t *chosen, int64_t k,
                     const int64_t *clock, const int64_t *row, uint32_t *bins) {
    for (int64_t c = 0; c < cases; c++) {
        if (chosen && !chosen[c]) continue;
        for (int64_t i = offsets[c]; i + 1 < offsets[c + 1]; i++)
            bins[row[(int64_t)step[i] * k + step[i + 1]] * BINS + bin_of(clock[i + 1] - clock[i])]++;
    }
}

/* Working time at each moment. Time is cut into about as many equal parts as there are openings, each of which
 * knows the opening that it begins in or after. */
void portulan_worked(const int64_t *at, int64_t moments, const int64_t *opens, const int64_t *closes,
                     const int64_t *before, int64_t openings, int64_t *worked) {
    int64_t base = opens[0], span = opens[openings - 1] - base, begin = 0;
    int shift = 0;
    while (span >> shift > 2 * openings) shift++;
    int64_t parts = (span >> shift) + 1;
    int32_t *from = malloc((size_t)(parts + 1) * sizeof *from);
    for (int64_t p = 0; from && p <= parts; p++) {
        while (begin + 1 < openings && opens[begin + 1] <= base + (p << shift)) begin++;
        from[p] = (int32_t)begin;
    }
    for (int64_t i = 0; i < moments; i++) {
        int64_t moment = at[i], low = 0, high = openings - 1, part = (moment - base) >> shift;
        if (moment < base) { worked[i] = 0; continue; }
        if (part >= parts) low = high;
        else if (from) { low = from[part]; high = from[part + 1]; }
        while (low < high) {
            int64_t middle = low + (high - low + 1) / 2;
            if (opens[middle] <= moment) low = middle; else high = middle - 1;
        }
        worked[i] = before[low] + (moment < closes[low] ? moment : closes[low]) - opens[low];
    }
    free(from);
}

static uint64_t hashed(const int32_t *a, int64_t n) {
    uint64_t h = 0x9E3779B97F4A7C15ULL ^ (uint64_t)n;
    for (int64_t i = 0; i < n; i++) {
        h = (h ^ (uint64_t)(uint32_t)a[i]) * 0xFF51AFD7ED558CCDULL;
        h ^= h >> 32;
    }
    return h;
}

/* Give each case the number of its sequence of steps, by first appearance; `example` holds a case of each.
 * Returns how many there are, or -1 when memory lacks. */
int64_t portulan_variants(const int32_t *step, const int64_t *offsets, int64_t cases, int64_t *of_case,
                          int64_t *example) {
    uint64_t size = 16;
    while (size < (uint64_t)cases * 2) size *= 2;
    int64_t *table = malloc(size * sizeof *table);
    uint64_t *hashes = malloc((size_t)(cases ? cases : 1) * sizeof *hashes);
    int64_t known = -1;
    if (table && hashes) {
        memset(table, 0xFF, size * sizeof *table);
        known = 0;
        for (int64_t c = 0; c < cases; c++) {
            const int32_t *mine = step + offsets[c];
            int64_t n = offsets[c + 1] - offsets[c];
            uint64_t hash = hashed(mine, n), slot = hash & (size - 1);
            for (;; slot = (slot + 1) & (size - 1)) {
                int64_t code = table[slot];
                if (code < 0) { table[slot] = known; hashes[known] = hash; example[known] = c; of_case[c] = known++; break; }
                int64_t other = example[code];
                if (hashes[code] == hash && offsets[other + 1] - offsets[other] == n &&
                    !memcmp(step + offsets[other], mine, (size_t)n * sizeof *mine)) { of_case[c] = code; break; }
            }
        }
    }
    free(table);
    free(hashes);
    return known;
}

/* The transitions of an automaton: by label, by source, by target; a silent one bears -1 and costs nothing. */
typedef struct {
    int64_t states, labels;
    const int64_t *sync_at; const int32_t *sync_source, *sync_target;
    const int64_t *out_at; const int32_t *out_target, *out_cost;
    const int64_t *in_at; const int32_t *in_source, *in_label;
    const uint8_t *final; const int32_t *least;
} graph_t;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* What it costs to be in each state one event later. A state gains two at most against skipping the event,
 * so that each is looked at a few times whatever the order. `queue` has a place a state, `waiting` holds zeros. */
static void next_row(const graph_t *g, const int32_t *above, int64_t step, int32_t *row, int32_t *queue,
                     uint8_t *waiting) {
    int64_t begin = 0, held = 0;
    for (int64_t s = 0; s < g->states; s++) row[s] = above[s] + 1;
    if (step >= g->labels) return;
    for (int64_t e = g->sync_at[step]; e < g->sync_at[step + 1]; e++) {
        int32_t cost = above[g->sync_source[e]], to = g->sync_target[e];
        if (cost >= row[to]) continue;
        row[to] = cost;
        if (!waiting[to]) { waiting[to] = 1; queue[held++] = to; }
    }
    while (held) {
        int32_t from = queue[begin];
        begin = begin + 1 == g->states ? 0 : begin + 1;
        held--;
        waiting[from] = 0;
        for (int64_t e = g->out_at[from]; e < g->out_at[from + 1]; e++) {
            int32_t cost = row[from] + g->out_cost[e], to = g->out_target[e];
            if (cost >= row[to]) continue;
            row[to] = cost;
            if (!waiting[to]) {
                int64_t place = begin + held++;
                waiting[to] = 1;
                queue[place < g->states ? place : place - g->states] = to;
            }
        }
    }
}

/* Write the moves that end in `state` after n events, the last one just before `end`; returns where they begin.
 * Kinds: 0 both, 1 trace alone, 2 model alone. Silent transitions make no circle, so that the walk ends. */
static int64_t moves_back(const graph_t *g, const int32_t *rows, const int32_t *step, int64_t n, int64_t state,
                          int64_t end, int8_t *kind, int32_t *code) {
    while (n || rows[state]) {
        const int32_t *row = rows + n * g->states, *above = row - (n ? g->states : 0);
        int32_t cost = row[state];
        int64_t both = -1, model = -1, silent = -1;
        for (int64_t e = g->in_at[state]; e < g->in_at[state + 1] && both < 0; e++) {
            int32_t label = g->in_label[e], from = g->in_source[e];
            if (n && label == step[n - 1] && above[from] == cost) both = e;
            if (label >= 0 && model < 0 && row[from] + 1 == cost) model = e;
            if (label < 0 && silent < 0 && row[from] == cost) silent = e;
        }
        if (both >= 0) { kind[--end] = 0; code[end] = step[--n]; state = g->in_source[both]; }
        else if (model >= 0) { kind[--end] = 2; code[end] = g->in_label[model]; state = g->in_source[model]; }
        else if (n && above[state] + 1 == cost) { kind[--end] = 1; code[end] = step[--n]; }
        else state = g->in_source[silent];
    }
    return end;
}

/* Align traces on an automaton by dynamic programming over (place, state); neighbours share what they begin with.
 * `room` (traces + 1) bounds the moves of each, `first` says where they begin. Returns how many were aligned
 * within `seconds`, or -1 when memory lacks; `cost` of the others is left. */
int64_t portulan_align(const int32_t *step, const int64_t *offsets, int64_t traces, int64_t states, int64_t labels,
                       const int64_t *sync_at, const int32_t *sync_source, const int32_t *sync_target,
                       const int64_t *out_at, const int32_t *out_target, const int32_t *out_cost,
                       const int64_t *in_at, const int32_t *in_source, const int32_t *in_label,
                       const uint8_t *final, const int32_t *least, const int64_t *room, double seconds,
                       int64_t *cost, int64_t *first, int8_t *kind, int32_t *code) {
    graph_t g = {states, labels, sync_at, sync_source, sync_target, out_at, out_target, out_cost,
                 in_at, in_source, in_label, final, least};
    double until = now() + seconds;
    int64_t longest = 0, done = -1;
    for (int64_t t = 0; t < traces; t++)
        if (offsets[t + 1] - offsets[t] > longest) longest = offsets[t + 1] - offsets[t];
    int32_t *rows = malloc((size_t)((longest + 1) * states) * sizeof *rows);
    int32_t *queue = malloc((size_t)states * sizeof *queue);
    uint8_t *waiting = calloc((size_t)states, 1);
    if (rows && queue && waiting) {
        memcpy(rows, least, (size_t)states * sizeof *rows);
        for (done = 0; done < traces; done++) {
            const int32_t *mine = step + offsets[done], *before = done ? step + offsets[done - 1] : NULL;
            int64_t n = offsets[done + 1] - offsets[done], known = done ? offsets[done] - offsets[done - 1] : 0, i = 0;
            while (i < n && i < known && mine[i] == before[i]) i++;
            for (; i < n; i++) {
                if (now() > until) break;
                next_row(&g, rows + i * states, mine[i], rows + (i + 1) * states, queue, waiting);
            }
            if (i < n) break;
            const int32_t *row = rows + n * states;
            int64_t best = -1;  /* of ends that cost the same, the furthest on keeps most of what happened */
            for (int64_t s = 0; s < states; s++)
                if (final[s] && (best < 0 || row[s] < row[best] || (row[s] == row[best] && least[s] > least[best])))
                    best = s;
            cost[done] = row[best];
            first[done] = moves_back(&g, rows, mine, n, best, room[done + 1], kind, code);
        }
    }
    free(rows);
    free(queue);
    free(waiting);
    return done;
}

/* Which node of the tree of beginnings follows another by a step; 0 means none, as nothing leads back to the root. */
typedef struct { int64_t *key; int64_t *node; int64_t mask; } follow_t;

static int64_t *followed(const follow_t *table, int64_t key) {
    int64_t at = (int64_t)(((uint64_t)key * 0x9E3779B97F4A7C15ULL) >> 17) & table->mask;
    while (table->node[at] && table->key[at] != key) at = (at + 1) & table->mask;
    table->key[at] = key;
    return table->node + at;
}

/* Count, at each beginning that traces go on from, the steps that an automaton allows next and those that follow, so
 * many times as cases go on from there. A step leads to one state. `told` is (allowed, done); returns 0, -1 when
 * memory lacks, -2 when a trace does what is not allowed. */
int64_t portulan_escaped(const int32_t *step, const int64_t *offsets, const int64_t *cases, int64_t traces,
                         const int64_t *out_at, const int32_t *out_label, const int32_t *out_target, int64_t labels,
                         int64_t *told) {
    int64_t most = offsets[traces] - offsets[0] + 1, room = 2, nodes = 1, back = 0;
    while (room < 2 * most) room *= 2;
    follow_t table = {malloc((size_t)room * sizeof(int64_t)), calloc((size_t)room, sizeof(int64_t)), room - 1};
    int64_t *weight = calloc((size_t)most, sizeof *weight), *children = calloc((size_t)most, sizeof *children);
    int32_t *state = calloc((size_t)most, sizeof *state);
    if (!table.key || !table.node || !weight || !children || !state) back = -1;
    for (int64_t t = 0; t < traces && !back; t++) {
        int64_t here = 0;
        for (int64_t i = offsets[t]; i < offsets[t + 1]; i++) {
            int64_t *next = followed(&table, here * labels + step[i]);
            weight[here] += cases[t];
            if (!*next) {
                int64_t e = out_at[state[here]], end = out_at[state[here] + 1];
                while (e < end && out_label[e] != step[i]) e++;
                if (e == end) { back = -2; break; }
                state[nodes] = out_target[e];
                children[here]++;
                *next = nodes++;
            }
            here = *next;
        }
    }
    told[0] = told[1] = 0;
    for (int64_t n = 0; n < nodes && !back; n++) {
        told[0] += weight[n] * (out_at[state[n] + 1] - out_at[state[n]]);
        told[1] += weight[n] * children[n];
    }
    free(table.key);
    free(table.node);
    free(weight);
    free(children);
    free(state);
    return back;
}
