#pragma once

/// \file
/// The reconcile area at a glance: actual state is driven to desired state by pure plans.

#include <cstdint>

namespace berth::reconcile {

struct reference;
struct create_step;
struct update_step;
struct patch_step;
struct remove_step;
struct act_step;
struct note;
struct plan;
struct failure;

struct index;
struct change;
class table;
class world;
class snapshot;

} // namespace berth::reconcile
