#include "cmd/own_note.h"

#include "chat/note.h"

int answer_note(struct call *call, struct tx *tx, int64_t id)
{
        struct note_shape note;
        int r;

        r = note_load(tx, &call->arena, id, &note);
        return r < 0 ? r : call_answer(call, &shape_changed_note, &(struct changed_note_shape){ .note = &note });
}
