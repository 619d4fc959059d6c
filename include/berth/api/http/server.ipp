#pragma once

/// \file
/// The bodies of `berth/api/http/server.hpp`.

#include <berth/api/http/server.hpp>
#include <berth/core/config.hpp>

namespace berth::api::http {

BERTH_DECL auto server::open() -> result<void> {
    if (auto ok = listener_.open(); !ok) return ok;
    service_.about_itself().set_address(listener_.address());
    service_.about_itself().set_metrics([this](std::string& out) {
        service_.append_metrics(out);
        listener_.append_metrics(out);
    });
    return {};
}

BERTH_DECL auto server::url() const -> std::string { return "http://" + listener_.address(); }

} // namespace berth::api::http
