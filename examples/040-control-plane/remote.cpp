/// \file
/// Starts parts that reach their API server over HTTP.

#include "remote.hpp"

#include "elected.hpp"
#include "plane.hpp"

#include <berth/kube/core/namespace/type.hpp>

#include <filesystem>
#include <memory>
#include <utility>

namespace plane {

remote_parts::~remote_parts() {
    for (auto& t : threads_) t.request_stop();
    threads_.clear();
}

auto remote_parts::start() -> berth::result<void> {
    auto const kinds = berth::api::shared_registry(make_kinds(true));
    auto server = berth::api::http::remote::connect(kinds, options_.server);
    if (!server) return std::unexpected(std::move(server).error());
    auto asked = berth::api::list_options{};
    asked.limit = 1;
    if (auto there = server->list(berth::kube::namespace_::resource, asked); !there)
        return std::unexpected(std::move(there).error());
    auto const api =
        api_access{.as =
                       [kinds, where = options_.server](berth::api::identity const& who) {
                           auto how = where;
                           how.user_agent =
                               who.field_manager; // the server knows by it whose fields are whose
                           return berth::api::any_client(
                               berth::api::http::remote::connect(kinds, std::move(how)).value());
                       },
                   .kinds = kinds};
    if (options_.parts.contains("workers") && options_.simulated) {
        auto made = make_simulated_workers(api, options_.workers);
        if (!made) return std::unexpected(std::move(made).error());
        parts_.push_back(*std::move(made));
    } else if (options_.parts.contains("workers")) {
        auto folder = berth::temporary_folder::make("berth");
        if (!folder) return std::unexpected(std::move(folder).error());
        folder_ = *std::move(folder);
        for (auto& w : options_.workers) {
            w.logs = folder_.path();
            if (w.volumes.empty()) w.volumes = folder_.path() + "/volumes";
            auto made = make_worker(api, w); // before there are threads: a runtime forks
            if (!made) return std::unexpected(std::move(made).error());
            parts_.push_back(*std::move(made));
        }
    }
    if (!options_.keys.empty()) {
        auto keys = credentials_in_file(options_.keys);
        if (!keys) return std::unexpected(std::move(keys).error());
        options_.controllers.keys = *std::move(keys);
    }
    auto const elect = [&](char const* component, bool warm, part_maker make) {
        auto const how = candidature{
            .component = component, .identity = options_.identity, .lease = options_.lease, .warm = warm};
        parts_.push_back(make_elected(api, how, std::move(make)));
    };
    if (options_.parts.contains("scheduler"))
        elect("kube-scheduler", false,
              [how = options_.scheduler](api_access const& fenced, leadership_source const&) {
                  return make_scheduler(fenced, {how, {}});
              });
    if (options_.parts.contains("controllers")) parts_.push_back(follow_custom_kinds(api));
    if (options_.parts.contains("controllers"))
        elect("kube-controller-manager", true,
              [how = options_.controllers](api_access const& fenced, leadership_source leads) {
                  return make_controllers(fenced, how, std::move(leads));
              });
    for (auto const& p : parts_) threads_.emplace_back([p = p.get()](std::stop_token stop) { p->run(stop); });
    return {};
}

} // namespace plane
