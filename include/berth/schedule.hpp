#pragma once

/// \file
/// Scheduling: filters, scores, profiles and decisions, as functions of values.

// IWYU pragma: begin_exports
#include <berth/schedule/any.hpp>
#include <berth/schedule/attempt.hpp>
#include <berth/schedule/check.hpp>
#include <berth/schedule/column.hpp>
#include <berth/schedule/contest.hpp>
#include <berth/schedule/cycle.hpp>
#include <berth/schedule/eviction.hpp>
#include <berth/schedule/explain.hpp>
#include <berth/schedule/facet.hpp>
#include <berth/schedule/fair_order.hpp>
#include <berth/schedule/filter.hpp>
#include <berth/schedule/forecast.hpp>
#include <berth/schedule/fwd.hpp>
#include <berth/schedule/gang.hpp>
#include <berth/schedule/gang_cycle.hpp>
#include <berth/schedule/in_words.hpp>
#include <berth/schedule/leaf.hpp>
#include <berth/schedule/line.hpp>
#include <berth/schedule/name.hpp>
#include <berth/schedule/normalize.hpp>
#include <berth/schedule/outcome.hpp>
#include <berth/schedule/permission.hpp>
#include <berth/schedule/place.hpp>
#include <berth/schedule/placer.hpp>
#include <berth/schedule/placer_limits.hpp>
#include <berth/schedule/plugin_columns.hpp>
#include <berth/schedule/policies.hpp>
#include <berth/schedule/profile.hpp>
#include <berth/schedule/queue.hpp>
#include <berth/schedule/refusal.hpp>
#include <berth/schedule/remedy.hpp>
#include <berth/schedule/replace.hpp>
#include <berth/schedule/room.hpp>
#include <berth/schedule/score.hpp>
#include <berth/schedule/switched.hpp>
#include <berth/schedule/tie.hpp>
#include <berth/schedule/track.hpp>
#include <berth/schedule/verdict.hpp>
#include <berth/schedule/waiting_queue.hpp>
// IWYU pragma: end_exports
