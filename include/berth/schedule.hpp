#pragma once

/// \file
/// The whole schedule area: pure decisions over values. Works with any task and node types.

// IWYU pragma: begin_exports
#include <berth/schedule/any.hpp>
#include <berth/schedule/attempt.hpp>
#include <berth/schedule/column.hpp>
#include <berth/schedule/explain.hpp>
#include <berth/schedule/filter.hpp>
#include <berth/schedule/fwd.hpp>
#include <berth/schedule/leaf.hpp>
#include <berth/schedule/name.hpp>
#include <berth/schedule/normalize.hpp>
#include <berth/schedule/place.hpp>
#include <berth/schedule/profile.hpp>
#include <berth/schedule/queue.hpp>
#include <berth/schedule/refusal.hpp>
#include <berth/schedule/score.hpp>
#include <berth/schedule/tie.hpp>
#include <berth/schedule/verdict.hpp>
// IWYU pragma: end_exports
