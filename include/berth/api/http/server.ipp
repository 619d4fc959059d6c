#pragma once

/// \file
/// The bodies of `berth/api/http/server.hpp`.

#include <berth/api/http/listener.hpp>
#include <berth/api/http/server.hpp>
#include <berth/api/http/service.hpp>
#include <berth/core/config.hpp>

#include <utility>

namespace berth::api::http {

struct server::parts {
    http::service service;
    http::listener listener;

    parts(api::server& api, server_options options)
        : service(api, std::move(options.service)),
          listener([this](request const& q) { return service(q); }, std::move(options.listen)) {}
};

BERTH_DECL server::server(api::server& api, server_options options)
    : parts_(std::make_unique<parts>(api, std::move(options))) {}

BERTH_DECL server::~server() = default;

BERTH_DECL auto server::open() -> result<void> {
    auto& [service, listener] = *parts_;
    if (auto ok = listener.open(); !ok) return ok;
    service.about_itself().set_address(listener.address());
    service.about_itself().set_metrics([p = parts_.get()](std::string& out) {
        p->service.append_metrics(out);
        p->listener.append_metrics(out);
    });
    return {};
}

BERTH_DECL auto server::port() const -> std::uint16_t { return parts_->listener.port(); }

BERTH_DECL auto server::url() const -> std::string { return "http://" + parts_->listener.address(); }

BERTH_DECL auto server::run() -> void { parts_->listener.run(); }

BERTH_DECL auto server::run(std::stop_token const& token) -> void { parts_->listener.run(token); }

BERTH_DECL auto server::poll() -> void { parts_->listener.poll(); }

BERTH_DECL auto server::stop() -> void { parts_->listener.stop(); }

} // namespace berth::api::http
