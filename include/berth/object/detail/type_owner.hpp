#pragma once

/// \file
/// Who keeps descriptions of types that were made at run time.

#include <memory>

namespace berth::object {

/// Descriptions that were made at run time: objects of their types keep them.
struct type_owner : std::enable_shared_from_this<type_owner> {};

} // namespace berth::object
