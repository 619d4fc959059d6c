#pragma once

/// \file
/// The bodies of `berth/store/etcd/message.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/message.hpp>

namespace berth::store::detail {

BERTH_DECL auto complain(std::string_view name, std::string_view what) -> void {
    throw malformed{std::string{name}.append(" is ").append(what)};
}

} // namespace berth::store::detail
