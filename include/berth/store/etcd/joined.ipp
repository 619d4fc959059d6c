#pragma once

/// \file
/// The bodies of `berth/store/etcd/joined.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/joined.hpp>

namespace berth::store::detail {

BERTH_DECL auto txn_fields::join(txn_fields const& other) -> void {
    when += other.when;
    then += other.then;
}

BERTH_DECL auto append(std::string& out, txn_fields const& t) -> void {
    out.append(t.when).append(t.then).append(t.otherwise);
}

} // namespace berth::store::detail
