#pragma once

/// \file
/// The reconcile area at a glance: actual state is driven to desired state by pure plans.

#include <cstddef>
#include <cstdint>

namespace berth::reconcile {

// What a controller sees and says.
struct index;
class table;
class world;
class snapshot;
struct reference;
struct create_step;
struct update_step;
struct patch_step;
struct apply_step;
struct remove_step;
struct act_step;
struct require_step;
struct note;
struct plan_error;
struct plan;
struct failure;
class any_controller;
template <class Memory> struct decision;

// What helps it to say so.
enum class changing : std::uint8_t;
struct children_options;
struct children_difference;
struct observation;

// What feeds it.
struct change;
struct trigger;
struct causes;
enum class cause : std::uint16_t;
struct back_off;
struct rate_limit;
class token_bucket;
struct queue_options;
struct queue_counters;
struct queue_times;
struct unfinished_work;
struct queue_state;
struct reflector_options;
struct reflector_counters;
class reflector;
class caches;
class turns_as_they_came;
template <class PriorityOf, std::size_t Levels> class priority_turns;
template <class Key, class Hash, class Causes, class Turns> class work_queue;
template <class TenantOf> class fair_turns;
template <class Key, class Hash, class Causes, class Turns> class shared_queue;

// What runs it.
struct own_write;
enum class step_outcome : std::uint8_t;
struct step_report;
struct plan_budget;
struct apply_options;
struct outcome;
enum class look_outcome : std::uint8_t;
struct look;
struct key_status;
struct loop_options;
struct loop_counters;
struct recorded_failure;
class any_loop;
template <class Controller> class loop;
struct log_entry;
struct check;
struct manager_options;
struct manager_run;
class manager;

} // namespace berth::reconcile
