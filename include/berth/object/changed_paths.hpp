#pragma once

/// \file
/// Which members two states of an object differ in, for people.

#include <berth/core/config.hpp>
#include <berth/object/any_object.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace berth::object {

/// The paths of what is different, such as `status.phase`: the first `most`; of each object first those of
/// members that are gone. Lists, and members that one of the two lacks, are told as a whole. Costs as much as
/// writing both down.
[[nodiscard]] BERTH_DECL auto changed_paths(any_object const& before, any_object const& after,
                                            std::size_t most) -> std::vector<std::string>;

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/changed_paths.ipp>
#endif
