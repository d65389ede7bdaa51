/* Folding and cutting as machine code: what `analysis.text.fold` and `analysis.tokens.Tokens` do with numpy, in one walk each.
 *
 * `python -m analysis compile` builds this beside the readers. Where it is not built the Python gives the same answers, and the
 * tests hold the two to that. Nothing here knows a letter or a word: what is part of a word and what a character folds to are
 * tables that Python gives, and what a spelling is, Python is asked, once for each.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>

/* Append a new reference, which this takes; false where it is NULL or there is no memory. */
static bool append(PyObject *list, PyObject *item) {
    if (item == NULL) return false;
    const bool done = PyList_Append(list, item) == 0;
    Py_DECREF(item);
    return done;
}

/* ------------------------------------------------------------------------------------------------------------------ folding */

enum {
    BEYOND = 0xD800, /* characters from here on are in no table that Python gives */
    GONE = 0xFFFF,   /* in the table: the character is left out */
};

/* The folded characters into `folded`, how many into `kept`; the runs left out into the lists. False with no error set where a
 * character is beyond the table. */
static bool fold_into(PyObject *text, const uint16_t *table, size_t known, uint16_t *folded, Py_ssize_t *kept, PyObject *cuts,
                      PyObject *shifts) {
    const int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    const Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    Py_ssize_t count = 0, at = 0;
    if (!append(shifts, PyLong_FromLong(0))) return false;
    while (at < length) {
        const Py_UCS4 point = PyUnicode_READ(kind, data, at);
        if (point >= known) return false;
        if (table[point] != GONE) {
            folded[count++] = table[point];
            at++;
            continue;
        }
        for (at++; at < length; at++) {
            const Py_UCS4 next = PyUnicode_READ(kind, data, at);
            if (next >= known || table[next] != GONE) break;
        }
        if (!append(cuts, PyLong_FromSsize_t(count)) || !append(shifts, PyLong_FromSsize_t(at - count))) return false;
    }
    *kept = count;
    return true;
}

PyDoc_STRVAR(fold_doc,
             "fold(text, table)\n--\n\n"
             "The folded text with its cuts and shifts, as `analysis.text.Folded` takes them; None where a character is beyond the\n"
             "table, which has two bytes for each character: what it becomes, or 0xFFFF where it is left out.");

static PyObject *fold(PyObject *Py_UNUSED(module), PyObject *arguments) {
    PyObject *text, *table;
    if (!PyArg_ParseTuple(arguments, "US:fold", &text, &table)) return NULL;
    uint16_t *folded = PyMem_New(uint16_t, PyUnicode_GET_LENGTH(text) + 1);
    if (folded == NULL) return PyErr_NoMemory();
    PyObject *cuts = PyList_New(0), *shifts = PyList_New(0), *answer = NULL;
    Py_ssize_t kept = 0;
    if (cuts != NULL && shifts != NULL) {
        const size_t known = (size_t)PyBytes_GET_SIZE(table) / sizeof(uint16_t);
        if (fold_into(text, (const uint16_t *)(const void *)PyBytes_AS_STRING(table), known, folded, &kept, cuts, shifts)) {
            PyObject *made = PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, folded, kept);
            if (made != NULL) answer = Py_BuildValue("(NOO)", made, cuts, shifts);
        } else if (!PyErr_Occurred()) {
            answer = Py_NewRef(Py_None);
        }
    }
    PyMem_Free(folded);
    Py_XDECREF(cuts);
    Py_XDECREF(shifts);
    return answer;
}

/* ------------------------------------------------------------------------------------------------------------------ cutting */

typedef struct {
    uint64_t hash;
    PyObject *text; /* NULL where the place is free */
    PyObject *said;
} Entry;

typedef struct {
    PyObject_HEAD
    PyObject *ask;    /* what is called with a spelling that is not among the entries */
    PyObject *inside; /* bytes: for each character whether it is part of a word */
    PyObject *space;  /* the gap that nearly every word has before it */
    Entry *entries;   /* open addressing: a place is taken or free, none is ever freed alone */
    size_t mask;      /* one less than how many there are, which is a power of two */
    size_t used;
} Cutter;

enum {
    FIRST_SIZE = 1 << 12,
    MOST = 100000, /* spellings that are kept; then all are forgotten */
    LONGEST = 60,  /* characters of one that is kept: longer ones do not come twice */
    NEAR = 32,     /* places that are looked at; where spellings are made to meet, Python's own dictionary is asked instead */
};

static uint64_t hash_of(int kind, const void *data, Py_ssize_t start, Py_ssize_t end) {
    uint64_t hash = 0x9E3779B97F4A7C15u;
    for (Py_ssize_t at = start; at < end; at++) {
        hash = (hash ^ PyUnicode_READ(kind, data, at)) * 0xFF51AFD7ED558CCDu;
        hash ^= hash >> 32;
    }
    return hash;
}

static bool same(const Entry *entry, int kind, const void *data, Py_ssize_t start, Py_ssize_t end) {
    if (PyUnicode_GET_LENGTH(entry->text) != end - start) return false;
    const int own_kind = PyUnicode_KIND(entry->text);
    const void *own = PyUnicode_DATA(entry->text);
    for (Py_ssize_t at = start; at < end; at++) {
        if (PyUnicode_READ(kind, data, at) != PyUnicode_READ(own_kind, own, at - start)) return false;
    }
    return true;
}

static void forget(Cutter *self) {
    Entry *entries = self->entries;
    const size_t size = self->mask + 1;
    self->entries = NULL; /* before anything is let go, which may call Python */
    self->mask = self->used = 0;
    if (entries == NULL) return;
    for (size_t at = 0; at < size; at++) {
        Py_XDECREF(entries[at].text);
        Py_XDECREF(entries[at].said);
    }
    PyMem_Free(entries);
}

static bool grow(Cutter *self) {
    const size_t size = self->entries == NULL ? FIRST_SIZE : 2 * (self->mask + 1);
    Entry *entries = PyMem_New(Entry, size);
    if (entries == NULL) {
        PyErr_NoMemory();
        return false;
    }
    memset(entries, 0, size * sizeof(Entry));
    for (size_t at = 0; self->entries != NULL && at <= self->mask; at++) {
        if (self->entries[at].text == NULL) continue;
        size_t place = self->entries[at].hash & (size - 1);
        while (entries[place].text != NULL) place = (place + 1) & (size - 1);
        entries[place] = self->entries[at];
    }
    PyMem_Free(self->entries);
    self->entries = entries;
    self->mask = size - 1;
    return true;
}

/* Keep what was said of a spelling, unless its neighbourhood is full. */
static bool keep(Cutter *self, uint64_t hash, PyObject *text, PyObject *said) {
    if (self->used >= MOST) forget(self);
    if ((self->entries == NULL || 2 * self->used > self->mask) && !grow(self)) return false;
    for (size_t step = 0; step < NEAR; step++) {
        Entry *entry = &self->entries[(hash + step) & self->mask];
        if (entry->text == NULL) {
            *entry = (Entry){hash, Py_NewRef(text), Py_NewRef(said)};
            self->used++;
            return true;
        }
    }
    return true;
}

/* What is said of the spelling at start:end, as a new reference. */
static PyObject *said_of(Cutter *self, PyObject *text, int kind, const void *data, Py_ssize_t start, Py_ssize_t end) {
    const bool kept = end - start <= LONGEST;
    const uint64_t hash = kept ? hash_of(kind, data, start, end) : 0;
    for (size_t step = 0; kept && self->entries != NULL && step < NEAR; step++) {
        const Entry *entry = &self->entries[(hash + step) & self->mask];
        if (entry->text == NULL) break;
        if (entry->hash == hash && same(entry, kind, data, start, end)) return Py_NewRef(entry->said);
    }
    PyObject *spelling = PyUnicode_Substring(text, start, end);
    if (spelling == NULL) return NULL;
    PyObject *said = PyObject_CallOneArg(self->ask, spelling);
    /* Asking is Python, so another thread may have been here: `keep` looks at the entries anew. Twice the same does no harm. */
    if (said != NULL && kept && !keep(self, hash, spelling, said)) Py_CLEAR(said);
    Py_DECREF(spelling);
    return said;
}

static bool is_inside(const uint8_t *inside, size_t known, Py_UCS4 point) {
    return point < known ? inside[point] != 0 : Py_UNICODE_ISALNUM(point);
}

typedef struct {
    Py_ssize_t start, end;
    PyObject *said;
} Word;

typedef struct {
    Word *words;
    Py_ssize_t count, room;
} Words;

static void release(Words *found) {
    for (Py_ssize_t at = 0; at < found->count; at++) Py_XDECREF(found->words[at].said);
    PyMem_Free(found->words);
}

static bool put(Words *found, Py_ssize_t start, Py_ssize_t end) {
    if (found->count == found->room) {
        const Py_ssize_t room = found->room ? 2 * found->room : 256;
        Word *words = PyMem_Resize(found->words, Word, room);
        if (words == NULL) {
            PyErr_NoMemory();
            return false;
        }
        found->words = words;
        found->room = room;
    }
    found->words[found->count++] = (Word){start, end, NULL};
    return true;
}

/* Where the words are, and what is said of each. Lists are made afterwards: what is asked is Python, which sees none half made. */
static bool find_words(Cutter *self, PyObject *text, Words *found) {
    const uint8_t *inside = (const uint8_t *)PyBytes_AS_STRING(self->inside);
    const size_t size = (size_t)PyBytes_GET_SIZE(self->inside);
    const int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    const Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    for (Py_ssize_t at = 0; at < length;) {
        if (!is_inside(inside, size, PyUnicode_READ(kind, data, at))) {
            at++;
            continue;
        }
        const Py_ssize_t start = at;
        while (at < length && is_inside(inside, size, PyUnicode_READ(kind, data, at))) at++;
        if (!put(found, start, at)) return false;
    }
    for (Py_ssize_t at = 0; at < found->count; at++) {
        Word *word = &found->words[at];
        word->said = said_of(self, text, kind, data, word->start, word->end);
        if (word->said == NULL) return false;
    }
    return true;
}

/* Put a new reference, which this takes, into a list that has a place for it; false where it is NULL. */
static bool set(PyObject *list, Py_ssize_t at, PyObject *item) {
    PyList_SET_ITEM(list, at, item);
    return item != NULL;
}

static bool list_words(const Words *found, Py_ssize_t length, PyObject *starts, PyObject *ends, PyObject *known) {
    for (Py_ssize_t at = 0; at < found->count; at++) {
        const Word *word = &found->words[at];
        if (!set(starts, at, PyLong_FromSsize_t(word->start)) || !set(ends, at, PyLong_FromSsize_t(word->end))) return false;
        set(known, at, Py_NewRef(word->said));
    }
    return set(starts, found->count, PyLong_FromSsize_t(length));
}

/* What stands before each word and behind the last, and the numbers of the gaps that are more than a space or at an end. */
static bool list_gaps(const Words *found, PyObject *text, PyObject *space, PyObject *gaps, PyObject *marked) {
    for (Py_ssize_t at = 0; at <= found->count; at++) {
        const Py_ssize_t start = at ? found->words[at - 1].end : 0;
        const Py_ssize_t end = at < found->count ? found->words[at].start : PyUnicode_GET_LENGTH(text);
        const bool between = at > 0 && at < found->count;
        if (between && end - start == 1 && PyUnicode_READ_CHAR(text, start) == ' ') {
            set(gaps, at, Py_NewRef(space));
            continue;
        }
        if (!set(gaps, at, PyUnicode_Substring(text, start, end)) || !append(marked, PyLong_FromSsize_t(at))) return false;
    }
    return true;
}

PyDoc_STRVAR(cut_doc,
             "cut(text)\n--\n\n"
             "The lists `starts`, `ends`, `known`, `gaps` and `marked` of a folded text, as `analysis.tokens.Tokens` has them.");

static PyObject *cut(Cutter *self, PyObject *text) {
    if (!PyUnicode_Check(text)) {
        PyErr_Format(PyExc_TypeError, "a text to cut is a str, not %.100s", Py_TYPE(text)->tp_name);
        return NULL;
    }
    Words found = {NULL, 0, 0};
    PyObject *answer = NULL;
    if (find_words(self, text, &found)) {
        PyObject *starts = PyList_New(found.count + 1), *ends = PyList_New(found.count), *known = PyList_New(found.count);
        PyObject *gaps = PyList_New(found.count + 1), *marked = PyList_New(0);
        if (starts != NULL && ends != NULL && known != NULL && gaps != NULL && marked != NULL &&
            list_words(&found, PyUnicode_GET_LENGTH(text), starts, ends, known) &&
            list_gaps(&found, text, self->space, gaps, marked)) {
            answer = PyTuple_Pack(5, starts, ends, known, gaps, marked);
        }
        Py_XDECREF(starts);
        Py_XDECREF(ends);
        Py_XDECREF(known);
        Py_XDECREF(gaps);
        Py_XDECREF(marked);
    }
    release(&found);
    return answer;
}

static PyObject *make(PyTypeObject *type, PyObject *arguments, PyObject *Py_UNUSED(named)) {
    PyObject *ask, *inside;
    if (!PyArg_ParseTuple(arguments, "OS:Cutter", &ask, &inside)) return NULL;
    Cutter *self = (Cutter *)type->tp_alloc(type, 0);
    if (self == NULL) return NULL;
    self->ask = Py_NewRef(ask);
    self->inside = Py_NewRef(inside);
    self->space = PyUnicode_FromString(" ");
    if (self->space == NULL) Py_CLEAR(self);
    return (PyObject *)self;
}

static int traverse(Cutter *self, visitproc visit, void *arg) {
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->ask);
    for (size_t at = 0; self->entries != NULL && at <= self->mask; at++) Py_VISIT(self->entries[at].said);
    return 0;
}

static int clear(Cutter *self) {
    forget(self);
    Py_CLEAR(self->ask);
    return 0;
}

static void dealloc(Cutter *self) {
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    clear(self);
    Py_CLEAR(self->inside);
    Py_CLEAR(self->space);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyMethodDef cutter_methods[] = {{"cut", (PyCFunction)cut, METH_O, cut_doc}, {NULL, NULL, 0, NULL}};

PyDoc_STRVAR(cutter_doc,
             "Cutter(ask, inside)\n--\n\n"
             "Cuts folded texts into words: `ask(spelling)` is called for what is said of one that it does not remember, `inside` has\n"
             "a byte for each character, whether it is part of a word; what is beyond it is if it is a letter or a digit.");

static PyType_Slot cutter_slots[] = {
    {Py_tp_new, make},          {Py_tp_dealloc, dealloc},         {Py_tp_traverse, traverse}, {Py_tp_clear, clear},
    {Py_tp_methods, cutter_methods}, {Py_tp_doc, (void *)cutter_doc}, {0, NULL},
};

static PyType_Spec cutter_spec = {
    .name = "analysis.cutting.Cutter",
    .basicsize = sizeof(Cutter),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = cutter_slots,
};

/* ------------------------------------------------------------------------------------------------------------------- module */

static int execute(PyObject *module) {
    if (PyModule_AddIntMacro(module, BEYOND) < 0 || PyModule_AddIntMacro(module, GONE) < 0) return -1;
    PyObject *type = PyType_FromSpec(&cutter_spec);
    if (type == NULL) return -1;
    const int done = PyModule_AddObjectRef(module, "Cutter", type);
    Py_DECREF(type);
    return done;
}

static PyMethodDef methods[] = {{"fold", fold, METH_VARARGS, fold_doc}, {NULL, NULL, 0, NULL}};
static PyModuleDef_Slot slots[] = {{Py_mod_exec, execute}, {0, NULL}};
static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "analysis.cutting", .m_doc = "Folding and cutting as machine code.", .m_methods = methods, .m_slots = slots,
};

PyMODINIT_FUNC PyInit_cutting(void) { return PyModuleDef_Init(&definition); }
