/* Filters and scores in a shared library, for a host that neither knows the library when it is compiled nor shares
 * a compiler, a standard library or a language with it. Plain C; needs <stdint.h> only.
 *
 * A library exports one function, `berth_schedule_plugins`, which answers a table of its plugins. A plugin names
 * the fields of nodes and of tasks that it reads, and the reasons for which it refuses. It is called for a task and
 * is given a column for each of its fields, numbers only: of all nodes at once, or of as many as its host does not
 * know about yet, which may be one. It answers a column too: for each node a verdict or points. What it says of a node depends on that node's row, on the task and on its arguments
 * only, whichever other nodes it is asked about: hosts remember it, and ask again about nodes that have changed.
 *
 * Texts. A text, such as the value of a label, comes as a number that stands for it (`berth_text_number`): equal
 * texts have equal numbers, and none has 0, which says that there is no text.
 *
 * Growing. Structs begin with their size, arrays of structs go with the size of an element: whoever reads looks at
 * no more than both sides know. What is appended to a struct does not change BERTH_PLUGIN_ABI_VERSION; what changes
 * a meaning does, and hosts refuse another version.
 *
 * Lifetime. Tables, names and texts stay as they are for as long as the library is loaded. Columns are valid during
 * the call. Calls for one `self` may come from several threads, but not at the same time.
 */
#ifndef BERTH_SCHEDULE_PLUGIN_ABI_H
#define BERTH_SCHEDULE_PLUGIN_ABI_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BERTH_PLUGIN_ABI_VERSION 1u

/* The type of a column's values. */
#define BERTH_INT64 1u  /* int64_t */
#define BERTH_DOUBLE 2u /* double */

/* What a call answers. After anything but BERTH_OK its column counts for nothing: a filter refuses all nodes, a score
 * gives none any points. */
#define BERTH_OK 0
#define BERTH_FAILED 1 /* any other number does as well; it is told to people */

/* How a node is refused. */
#define BERTH_REJECTED 1u  /* it might do if other tasks left it */
#define BERTH_RULED_OUT 2u /* it will not do, whoever leaves it */

/* The number that stands for a text, which ends in 0: FNV-1a with 64 bits (RFC 9923), or 1 in the place of 0. Of two
 * different texts the numbers are equal once in 2^64. */
static inline int64_t berth_text_number(const char* text) {
    uint64_t number = 14695981039346656037u;
    for (; *text; ++text) number = (number ^ (unsigned char)*text) * 1099511628211u;
    return number == 0 ? 1 : (int64_t)number;
}

/* A field of nodes or of tasks that a plugin reads, by its name in the host's vocabulary. The vocabulary may have
 * whole families of fields, such as `label:` with any key behind it. */
struct berth_field {
    const char* name;
    uint32_t type; /* BERTH_INT64 or BERTH_DOUBLE */
};

/* A reason to refuse a node. */
struct berth_reason {
    const char* text;
    uint32_t grade; /* BERTH_REJECTED or BERTH_RULED_OUT */
};

/* A value of a task, of the type of its field. */
union berth_value {
    int64_t whole;
    double real;
};

/* What a call is about. */
struct berth_call {
    uint64_t size;             /* of this struct, as the host knows it */
    uint64_t nodes;            /* how many: the length of each column */
    const void* const* columns; /* one for each of `node_fields`, in their order: int64_t[nodes] or double[nodes] */
    const union berth_value* task; /* one for each of `task_fields`, in their order */
};

/* A filter, a score, or both. */
struct berth_plugin {
    uint64_t size; /* of this struct, as the library knows it */
    const char* name;
    uint64_t field_size; /* sizeof(struct berth_field) */
    const struct berth_field* node_fields;
    uint64_t node_field_count;
    const struct berth_field* task_fields;
    uint64_t task_field_count;
    uint64_t reason_size; /* sizeof(struct berth_reason) */
    const struct berth_reason* reasons;
    uint64_t reason_count; /* at most 255 */

    /* Makes what the functions below get as `self`, from the text of its arguments (empty if there are none). After
     * an error: answers another status than BERTH_OK, and writes a sentence that ends in 0 to `error`, which has
     * `error_size` bytes. May be null: then `self` is. */
    int32_t (*open)(const char* arguments, void** self, char* error, uint64_t error_size);
    /* Ends what `open` made. May be null. */
    void (*close)(void* self);
    /* Fills one byte for each node: 0 accepts it, n refuses it for `reasons[n - 1]`. Null: it is no filter. */
    int32_t (*filter)(void* self, const struct berth_call* call, uint8_t* verdicts);
    /* Fills the points of each node, more are better; also of nodes that a filter refuses, where they count for
     * nothing. Null: it is no score. */
    int32_t (*score)(void* self, const struct berth_call* call, double* points);
};

/* What a library has. */
struct berth_plugins {
    uint64_t size; /* of this struct, as the library knows it */
    uint32_t version; /* BERTH_PLUGIN_ABI_VERSION, by which it was compiled */
    uint32_t reserved; /* 0 */
    const struct berth_plugin* const* plugins;
    uint64_t count;
};

/* The one function that a library exports, under this name. `host` is the version that the host speaks: a library
 * may answer a table of that version, or its own, or null. */
#define BERTH_PLUGINS_SYMBOL "berth_schedule_plugins"
typedef const struct berth_plugins* (*berth_schedule_plugins_function)(uint32_t host);

#ifdef __cplusplus
}
#endif

#endif
