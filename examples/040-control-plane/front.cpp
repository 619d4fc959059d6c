/// \file
/// The API server's network front, with the containers' logs behind it.

#include "parts.hpp"

#include <berth/api/http/server.hpp>
#include <berth/api/yaml.hpp>
#include <berth/core/clock.hpp>
#include <berth/kube/authentication/authenticate.hpp>
#include <berth/kube/authentication/openid_pages.hpp>
#include <berth/node/log_service.hpp>

#include <thread>
#include <vector>

namespace plane {

namespace {

class http_front final : public front {
public:
    http_front(api_server& api, berth::api::http::server_options options)
        : server_(api, std::move(options)) {}

    auto open() -> berth::result<void> { return server_.open(); }
    [[nodiscard]] auto url() const -> std::string override { return server_.url(); }

    auto run(std::stop_token stop) -> void override {
        auto const helper = std::jthread([&] { server_.run(stop); });
        server_.run(stop);
    }

private:
    berth::api::http::server server_;
};

/// The one document of a YAML body, as JSON.
auto one_document(std::string_view yaml) -> berth::result<std::string> {
    auto documents = berth::api::yaml_to_json(std::string(yaml));
    if (!documents) return std::unexpected(std::move(documents).error());
    if (documents->size() != 1) return berth::api::bad_request("a body must hold one YAML document");
    return std::move(documents->front());
}

/// By which others verify the tokens of the cluster.
auto openid_pages(berth::kube::token_authority const& by) -> std::vector<berth::api::http::page> {
    using namespace berth::kube;
    auto const url = [](std::string const& address) {
        return "http://" + address + std::string(openid_keys_path);
    };
    return {{.path = std::string(openid_configuration_path),
             .cache_control = openid_cache_control,
             .text = [by, url](std::string const& at) { return openid_configuration(by, url(at)); }},
            {.path = std::string(openid_keys_path),
             .content_type = openid_keys_type,
             .cache_control = openid_cache_control,
             .text = [by](std::string const&) { return openid_keys(by); }}};
}

} // namespace

auto make_front(api_server& api, front_options options) -> berth::result<std::unique_ptr<front>> {
    auto http = berth::api::http::server_options{};
    http.listen.port = options.port;
    http.service.yaml = &one_document;
    if (options.tokens) http.service.pages = openid_pages(options.tokens);
    if (options.tokens)
        http.service.tokens = berth::kube::token_reader_of(
            options.tokens, berth::api::any_client(api.as(berth::api::server_identity())),
            [] { return berth::system_clock{}.now(); });
    http.service.logs = berth::node::log_service(api, std::move(options.logs));
    auto made = std::make_unique<http_front>(api, std::move(http));
    if (auto ok = made->open(); !ok) return std::unexpected(std::move(ok).error());
    return made;
}

} // namespace plane
