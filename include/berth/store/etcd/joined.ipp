#pragma once

/// \file
/// The bodies of `berth/store/etcd/joined.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/joined.hpp>

namespace berth::store::detail {

BERTH_DECL auto txn_text::join(txn_text const& other) -> void {
    auto const add = [](std::string& to, std::string const& from) {
        if (!to.empty() && !from.empty()) to += ',';
        to += from;
    };
    add(when, other.when);
    add(then, other.then);
}

BERTH_DECL auto append(std::string& out, txn_text const& t) -> void {
    auto json = json_writer{out};
    auto const list = [&](std::string_view name, std::string const& elements) {
        if (!elements.empty()) ((json[name] += '[') += elements) += ']';
    };
    list("compare", t.when);
    list("success", t.then);
    list("failure", t.otherwise);
}

} // namespace berth::store::detail
