/// \file
/// Puts the parts together.

#include "plane.hpp"

#include "elected.hpp"
#include "seed.hpp"

#include <berth/core/clock.hpp>
#include <berth/core/credentials/certificate_request.hpp>
#include <berth/core/net/post.hpp>
#include <berth/core/threads.hpp>
#include <berth/kube/admission.hpp>
#include <berth/kube/authentication/serve_tokens.hpp>
#include <berth/kube/bootstrap.hpp>
#include <berth/kube/certificates/certificate_signing_request/verify_requests.hpp>
#include <berth/kube/core/event/type.hpp>
#include <berth/store/by_reference.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace plane {

namespace {

auto server_options(plane_options const& o, std::stop_token stop) -> berth::api::server_options {
    auto const seed = random_seed();
    return {.now = [] { return berth::system_clock{}.now(); },
            .seed = seed,
            .admission = berth::kube::admission({.seed = seed,
                                                 .failure_toleration_seconds = o.failure_toleration_seconds,
                                                 .call_webhooks = &berth::net::post_all,
                                                 .stop = std::move(stop)}),
            .lifetimes = {{&berth::kube::event::resource, o.event_stay}}};
}

} // namespace

auto access_to(api_server& api) -> api_access {
    return {.as = [&api](berth::api::identity who) { return berth::api::any_client(api.as(std::move(who))); },
            .kinds = api.kinds()};
}

control_plane::control_plane(plane_options options, berth::api::shared_registry kinds, opened_store store)
    : options_(std::move(options)),
      kinds_(std::move(kinds)),
      store_(std::move(store)),
      api_(store_.objects, kinds_, server_options(options_, calls_.get_token())),
      fenced_(berth::store::by_reference(store_.objects)) {}

control_plane::~control_plane() { stop(); }

auto control_plane::run(std::unique_ptr<part> what) -> running {
    auto* const p = what.get();
    return {std::move(what), std::jthread([p](std::stop_token stop) { p->run(stop); })};
}

auto control_plane::start() -> berth::result<void> {
    auto folder = berth::temporary_folder::make("berth");
    if (!folder) return std::unexpected(std::move(folder).error());
    folder_ = *std::move(folder);
    auto const wants = [&](char const* name) { return options_.parts.contains(name); };
    auto workers = make_workers(); // before there are threads: a runtime forks
    if (!workers) return std::unexpected(std::move(workers).error());
    store_thread_ = std::jthread([this](std::stop_token stop) { store_.tend(store_.objects, stop); });
    if (auto ok = take_keys(); !ok) return ok;
    auto front = make_front(api_, {options_.port, folder_.path(), options_.controllers.keys.tokens});
    if (!front) return std::unexpected(std::move(front).error());
    front_ = *std::move(front);
    if (auto ok = berth::kube::bootstrap(api_); !ok) return ok;
    keeper_ = std::jthread([this](std::stop_token stop) {
        auto keeper = berth::kube::bootstrap_keeper(api_);
        berth::run_on_threads(std::move(stop), keeper);
    });
    custom_ = run(make_custom_kinds(api_));
    front_thread_ = std::jthread([this](std::stop_token stop) { front_->run(stop); });
    if (store_.shared && (wants("scheduler") || wants("controllers"))) campaign();
    else start_leading(api_);
    for (auto& [name, worker] : *workers) workers_.emplace(name, run(std::move(worker)));
    return {};
}

auto control_plane::take_keys() -> berth::result<void> {
    auto keys =
        options_.keys.empty() ? credentials_in_store(store_.objects) : credentials_in_file(options_.keys);
    if (!keys) return std::unexpected(std::move(keys).error());
    kinds_.change([&](berth::api::registry& r) {
        berth::kube::serve_tokens(r, keys->tokens);
        berth::kube::verify_requests(r, &berth::credentials::verify_request);
    });
    options_.controllers.keys = *std::move(keys);
    return {};
}

auto control_plane::make_workers()
    -> berth::result<std::vector<std::pair<std::string, std::unique_ptr<part>>>> {
    auto out = std::vector<std::pair<std::string, std::unique_ptr<part>>>();
    if (!options_.parts.contains("workers") || options_.workers.empty()) return out;
    auto const access = access_to(api_);
    if (options_.simulated) {
        auto made = make_simulated_workers(access, options_.workers);
        if (!made) return std::unexpected(std::move(made).error());
        simulated_ = made->get();
        out.emplace_back("", *std::move(made));
        return out;
    }
    for (auto& w : options_.workers) {
        w.logs = folder_.path();
        if (w.volumes.empty()) w.volumes = folder_.path() + "/volumes";
        auto made = make_worker(access, w);
        if (!made) return std::unexpected(std::move(made).error());
        out.emplace_back(w.name, *std::move(made));
    }
    return out;
}

auto control_plane::campaign() -> void {
    auto const begin = [this] {
        std::printf("this control plane leads\n");
        std::fflush(stdout);
        start_leading(*leader_api_);
    };
    auto const end = [this] {
        std::printf("this control plane leads no more\n");
        std::fflush(stdout);
        stop_leading();
    };
    leadership_ = std::make_unique<leadership>(store_.objects, options_.leadership, begin, end);
    fenced_ = leadership_->fenced();
    leader_api_ = std::make_unique<api_server>(fenced_, kinds_, server_options(options_, calls_.get_token()));
    leadership_->start();
}

auto control_plane::start_leading(api_server& api) -> void {
    auto const access = access_to(api);
    auto const elect = [&](char const* component, part_maker make) {
        // Of those that have the store in their hands one leads anyhow: they are one candidate.
        auto const how = candidature{.component = component,
                                     .identity = "control-plane",
                                     .lease = options_.leadership.lease,
                                     .quiet = true};
        leader_parts_.push_back(run(make_elected(access, how, std::move(make))));
    };
    if (options_.parts.contains("scheduler"))
        elect("kube-scheduler", [this](api_access const& fenced, leadership_source const&) {
            return make_scheduler(fenced, {options_.scheduler, options_.explain});
        });
    if (options_.parts.contains("controllers"))
        elect("kube-controller-manager", [this](api_access const& fenced, leadership_source leads) {
            return make_controllers(fenced, options_.controllers, std::move(leads));
        });
}

auto control_plane::stop_leading() -> void {
    for (auto& p : leader_parts_) p.thread.request_stop();
    leader_parts_.clear();
}

auto control_plane::kill_worker(std::string const& name) -> void {
    if (simulated_ != nullptr) simulated_->lose(name);
    else workers_.erase(name);
}

auto control_plane::stop() -> void {
    calls_.request_stop();
    for (auto& [name, w] : workers_) w.thread.request_stop();
    leadership_.reset();
    stop_leading();
    workers_.clear();
    custom_.thread = {};
    keeper_ = {};
    front_thread_ = {};
    store_thread_ = {};
}

auto write_kubeconfig(std::string const& file, std::string const& url) -> berth::result<void> {
    auto const temporary = file + ".new";
    auto out = std::ofstream(temporary);
    auto problem = std::error_code();
    std::filesystem::permissions(
        temporary, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, problem);
    // Some clients take http only of a cluster whose certificate is not looked at.
    out << "apiVersion: v1\nkind: Config\ncurrent-context: berth\n"
        << "clusters:\n- name: berth\n  cluster:\n    server: " << url
        << "\n    insecure-skip-tls-verify: true\n"
        << "contexts:\n- name: berth\n  context:\n    cluster: berth\n    user: berth\n"
        << "users:\n- name: berth\n  user: {}\n";
    out.close();
    if (out && !problem) std::filesystem::rename(temporary, file, problem);
    if (!out || problem)
        return berth::fail(berth::error_code::unavailable, "cannot write the kubeconfig " + file);
    return {};
}

} // namespace plane
