/* chat/rights/family.h: which families are whose: pupils, their guardians, their class and its mentor, as the roster says. Inside a store job. */
#pragma once

#include "base/arena.h"
#include "proto/shape.h"
#include "store/db.h"

/* Whether somebody is mentor of a class: 0, or -ENOENT. */
int family_class_mentor(struct tx *tx, int64_t mentor, int64_t class);

/* Whether somebody is mentor of a class with a pupil whose guardian this person is: 0, or -ENOENT. */
int family_mentor(struct tx *tx, int64_t mentor, int64_t person);

/* Whether each pupil of a guardian is in a class whose mentor somebody is: 0, or -EXDEV. One without a class is in none. */
int family_mentor_whole(struct tx *tx, int64_t mentor, int64_t person);

/* The classes of a mentor, or all (0), with how many of their family side never signed in. */
int family_classes(struct tx *tx, struct arena *a, int64_t mentor, struct many_class_entry *ret);

/* Who of the family side of a class never signed in; by the pupil's name, at most 100. mentor: only whose pupils are all in a class of theirs; 0: everyone.
 * -ENOENT: there is no such class. */
int family_waiting(struct tx *tx, struct arena *a, int64_t class, int64_t mentor, int64_t **ret, size_t *n);

/* The pupils whose guardian somebody is. */
int family_pupils(struct tx *tx, struct arena *a, int64_t person, struct many_pupil *ret);
