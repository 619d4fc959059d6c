#pragma once

/// \file
/// The store area: versioned stores in etcd v3's model.

#include <berth/store/errors.hpp>          // IWYU pragma: export
#include <berth/store/fwd.hpp>             // IWYU pragma: export
#include <berth/store/key_range.hpp>       // IWYU pragma: export
#include <berth/store/key_value.hpp>       // IWYU pragma: export
#include <berth/store/memory.hpp>          // IWYU pragma: export
#include <berth/store/memory_cursor.hpp>   // IWYU pragma: export
#include <berth/store/operations.hpp>      // IWYU pragma: export
#include <berth/store/types.hpp>           // IWYU pragma: export
#include <berth/store/versioned_store.hpp> // IWYU pragma: export
#include <berth/store/watch.hpp>           // IWYU pragma: export
