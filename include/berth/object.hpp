#pragma once

/// \file
/// Objects of an API: what they are made of, how they are described, selected and compared.

// IWYU pragma: begin_exports
#include <berth/object/arbitrary.hpp>
#include <berth/object/boxed.hpp>
#include <berth/object/cron.hpp>
#include <berth/object/defaults.hpp>
#include <berth/object/described.hpp>
#include <berth/object/dictionary.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/field_of.hpp>
#include <berth/object/field_path.hpp>
#include <berth/object/field_selector.hpp>
#include <berth/object/fwd.hpp>
#include <berth/object/int_or_string.hpp>
#include <berth/object/list.hpp>
#include <berth/object/memory_budget.hpp>
#include <berth/object/names.hpp>
#include <berth/object/quantity.hpp>
#include <berth/object/rare_text.hpp>
#include <berth/object/reflect.hpp>
#include <berth/object/scalars.hpp>
#include <berth/object/schema.hpp>
#include <berth/object/selector.hpp>
#include <berth/object/time.hpp>
#include <berth/object/time_zone.hpp>
#include <berth/object/told_paths.hpp>
#include <berth/object/zone_info.hpp>
// IWYU pragma: end_exports
