#pragma once

/// \file
/// Starts, probes and stops one container of a pod. Decides nothing about the pod.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/node/detail/container_record.hpp>
#include <berth/node/detail/node_context.hpp>
#include <berth/node/environment.hpp>
#include <berth/node/logs.hpp>
#include <berth/node/volumes.hpp>

#include <algorithm>
#include <csignal>

namespace berth::node::detail {

/// The kubelet's way to name a pod in messages.
[[nodiscard]] BERTH_DECL auto pod_label(kube::pod const& pod) -> std::string;

/// The operations on one container, at one time; made anew for each use.
template <class Runtime> class container_driver {
public:
    using context = node_context<Runtime>;

    container_driver(context& ctx, pod_worker<Runtime>& owner, kube::pod const& pod, std::string const& ip,
                     container_record& record, std::size_t number, time_point now)
        : ctx_(ctx),
          owner_(owner),
          pod_(pod),
          ip_(ip),
          record_(record),
          number_(number),
          now_(now),
          spec_(record.spec(pod.spec)) {}

    // --- starting ---

    /// Creates and starts an incarnation; the status says what came of it.
    auto launch() -> void {
        auto seen = pod_; // with the addresses that the API will be told of later
        seen.status.host_ip = ctx_.options.address;
        seen.status.pod_ip = ip_;
        auto variables = environment_resolver(ctx_.client, seen, ctx_.capacity).resolve(spec_);
        if (!variables) return postpone("CreateContainerConfigError", variables.error().message);
        auto const restarts =
            record_.created ? record_.status.restart_count + 1 : record_.status.restart_count;
        auto const spec = runtime_spec(*std::move(variables), restarts);
        auto const id = ctx_.runtime.start(spec, now_);
        if (!id) {
            auto const code = id.error().code;
            if (code == error_code::not_found || code == error_code::forbidden ||
                code == error_code::internal)
                return could_not_run(restarts, id.error().message);
            return postpone("CreateContainerError", id.error().message);
        }
        record_.id = *id;
        record_.created = true;
        record_.backed_off = false;
        record_.stop = stop_stage::none;
        record_.set_running(now_);
        set_identity(restarts, static_cast<std::uint64_t>(*id));
        ctx_.routes[*id] = {&owner_, number_, role::container};
        tell("Normal", "Created", "Container created");
        tell("Normal", "Started", "Container started");
        if (!spec.read_only.empty() && !keeps_read_only())
            tell("Warning", "ReadOnlyNotEnforced",
                 "Read-only mounts can be written: this machine lets the node make no mount namespaces");
        begin_probes();
        if (spec_.lifecycle && spec_.lifecycle->post_start)
            begin_hook(*spec_.lifecycle->post_start, role::post_start);
        settle_started();
    }

    // --- while it runs ---

    /// Does what is due for a running container; says when something is due again.
    auto attend() -> wake {
        if (record_.stop != stop_stage::none) return attend_stop();
        if (record_.starting) return wake::signalled();
        auto out = wake::signalled();
        for (auto const r : {role::startup, role::readiness, role::liveness}) {
            auto const* probe = probe_of(spec_, r);
            if (probe == nullptr || held(r)) continue;
            auto& course = record_.course(r);
            if (course.due() <= now_ && record_.stop == stop_stage::none) ask(*probe, course, r);
            if (record_.stop != stop_stage::none) return attend_stop();
            out = sooner(out, wake::at(course.due()));
        }
        return out;
    }

    /// Takes the report of an action of this container.
    auto answered(role r, exit_report const& report) -> void {
        if (r == role::post_start || r == role::pre_stop) return hook_ended(r, report);
        auto& course = record_.course(r);
        auto const* probe = probe_of(spec_, r);
        if (probe == nullptr || course.under_way() != report.id) return;
        auto const failed = course.overdue() || report.exit_code != 0;
        auto const* const late = "command timed out";
        conclude(*probe, course, r, !failed, course.overdue() ? late : report.output);
    }

    // --- ends ---

    /// Begins to end the container (if that has not begun) and lets it take `grace` at most.
    auto stop(duration grace, std::string const& message) -> void {
        if (!record_.id) return;
        auto const limit = now_ + grace;
        if (record_.stop != stop_stage::none) {
            record_.kill_at = std::min(record_.kill_at, limit);
            return;
        }
        tell("Normal", "Killing", message.empty() ? "Stopping container " + spec_.name : message);
        record_.kill_at = limit;
        record_.stop = stop_stage::hook;
        abandon_actions();
        if (grace > duration{} && spec_.lifecycle && spec_.lifecycle->pre_stop) {
            begin_hook(*spec_.lifecycle->pre_stop, role::pre_stop);
            if (record_.hook) return;
        }
        send_terminate();
    }

    /// Takes the report of the container's end.
    auto ended(exit_report const& report) -> void {
        abandon_actions();
        auto end = kube::container_state_terminated();
        end.exit_code = report.exit_code;
        end.reason = report.reason;
        end.started_at = object::timestamp(record_.started);
        end.finished_at = object::timestamp(report.finished);
        end.container_id = record_.status.container_id;
        if (report.exit_code != 0 && spec_.termination_message_policy == "FallbackToLogsOnError")
            end.message = last_words();
        record_.set_terminated(std::move(end));
        record_.id.reset();
        record_.starting = false;
        record_.stop = stop_stage::none;
        record_.ended = report.finished;
    }

    auto tell(std::string_view type, std::string_view reason, std::string const& message) const -> void {
        if (!ctx_.events) return;
        auto n = reconcile::note();
        n.regarding = reconcile::reference(kube::pod::resource, pod_.metadata.where(), pod_.metadata.uid);
        n.type = type;
        n.reason = reason;
        n.message = message;
        auto const* const list = record_.init ? "spec.initContainers{" : "spec.containers{";
        ctx_.events(n, list + spec_.name + "}", pod_.spec.node_name, now_);
    }

private:
    auto log_place_of() const -> log_place {
        return {ctx_.options.log_directory, pod_.metadata.namespace_, pod_.metadata.name, pod_.metadata.uid,
                spec_.name};
    }

    auto runtime_spec(std::vector<environment_variable> variables, std::int32_t restarts) const
        -> container_spec {
        auto out = container_spec();
        out.name = pod_.metadata.namespace_ + "/" + pod_.metadata.name + "/" + spec_.name;
        out.image = spec_.image;
        out.command = command_of(spec_, variables);
        out.pretended = pretended_end_of(pod_, spec_, record_.init, ctx_.options.pretended);
        out.environment = std::move(variables);
        out.working_directory = spec_.working_dir;
        if (!ctx_.options.volume_directory.empty()) {
            auto root = container_root(ctx_.options.volume_directory, pod_.metadata.uid, spec_.name);
            if (out.working_directory.empty()) out.working_directory = root;
            out.read_only = read_only_paths(ctx_.options.volume_directory, pod_, spec_);
            out.environment.push_back({"BERTH_ROOT", std::move(root)});
        }
        if (!ctx_.options.log_directory.empty()) out.log_path = log_place_of().file(restarts);
        if (auto const* memory = spec_.resources.limits.find("memory")) out.memory_limit = memory->value();
        return out;
    }

    /// Runtimes that only pretend write nothing.
    [[nodiscard]] auto keeps_read_only() const -> bool {
        if constexpr (requires { ctx_.runtime.keeps_read_only(); }) return ctx_.runtime.keeps_read_only();
        else return true;
    }

    auto set_identity(std::int32_t restarts, std::uint64_t id) -> void {
        constexpr auto digits = std::string_view("0123456789abcdef");
        auto hex = std::string(16, '0');
        for (auto i = std::size_t{0}; i < 16; ++i) hex[15 - i] = digits[id >> (4 * i) & 15U];
        auto uid = pod_.metadata.uid;
        std::erase(uid, '-');
        record_.status.container_id = ctx_.runtime_name + "://" + uid + hex;
        record_.status.image_id = spec_.image;
        record_.status.restart_count = restarts;
        record_.status.ready = false;
        record_.status.started = false;
        record_.status.allocated_resources = spec_.resources.requests;
        if (!spec_.resources.requests.empty() || !spec_.resources.limits.empty())
            record_.status.resources = spec_.resources;
    }

    /// The container cannot be created as things are; another attempt comes later.
    auto postpone(std::string_view reason, std::string const& message) -> void {
        record_.retry = now_ + ctx_.options.retry_interval;
        if (!record_.status.state.waiting || record_.status.state.waiting->message != message)
            tell("Warning", "Failed", "Error: " + message);
        record_.set_waiting(reason, message);
    }

    /// The container was created, but its program cannot be executed.
    auto could_not_run(std::int32_t restarts, std::string const& message) -> void {
        tell("Normal", "Created", "Container created");
        tell("Warning", "Failed", "Error: failed to start container \"" + spec_.name + "\": " + message);
        if (record_.status.state.terminated) record_.status.last_state = record_.status.state;
        set_identity(restarts, static_cast<std::uint64_t>(restarts));
        auto end = kube::container_state_terminated();
        end.exit_code = 128;
        end.reason = "StartError";
        end.message = "failed to start container \"" + spec_.name + "\": " + message;
        end.started_at = object::timestamp(time_point{});
        end.finished_at = object::timestamp(now_);
        end.container_id = record_.status.container_id;
        record_.set_terminated(std::move(end));
        record_.created = true;
        record_.backed_off = false;
        record_.ended = now_;
    }

    auto begin_probes() -> void {
        for (auto const r : {role::startup, role::readiness, role::liveness})
            if (auto const* probe = probe_of(spec_, r)) record_.course(r).begin(*probe, now_);
    }

    /// Other probes wait for the startup probe, and that ends with its success.
    auto held(role r) const -> bool {
        auto const up = record_.status.started.value_or(false);
        return r == role::startup ? up : !up;
    }

    /// `started` (and `ready`, without a probe for it) once nothing stands in the way.
    auto settle_started() -> void {
        if (record_.starting || probe_of(spec_, role::startup) != nullptr) return;
        record_.status.started = true;
        settle_ready();
    }
    /// Without a probe for it a container that is up is ready; an init container only when it has succeeded.
    auto settle_ready() -> void {
        auto const counts = !record_.init || kube::is_sidecar(spec_);
        record_.status.ready = counts && probe_of(spec_, role::readiness) == nullptr;
    }

    auto run(action const& what, role r) -> result<container_id> {
        auto id = ctx_.runtime.run(*record_.id, what, now_);
        if (id) ctx_.routes[*id] = {&owner_, number_, r};
        return id;
    }

    auto ask(kube::probe const& probe, probe_course& course, role r) -> void {
        if (auto const id = course.under_way()) {
            course.give_up();
            [[maybe_unused]] auto const sent = ctx_.runtime.signal(*id, SIGKILL, now_);
            return;
        }
        auto const what = action_of(spec_, probe);
        if (!what) return course.ask(probe, std::nullopt, now_); // it says nothing to ask
        auto const id = run(*what, r);
        if (id) return course.ask(probe, *id, now_);
        course.ask(probe, std::nullopt, now_);
        conclude(probe, course, r, false, id.error().message);
    }

    auto conclude(kube::probe const& probe, probe_course& course, role r, bool success,
                  std::string const& output) -> void {
        if (!success) tell("Warning", "Unhealthy", std::string(to_string(r)) + " probe failed: " + output);
        auto const settled = course.answer(probe, success);
        if (!settled || record_.stop != stop_stage::none) return;
        if (r == role::readiness) {
            record_.status.ready = *settled;
        } else if (*settled && r == role::startup) {
            record_.status.started = true;
            settle_ready();
            for (auto const later : {role::readiness, role::liveness})
                if (auto const* p = probe_of(spec_, later)) record_.course(later).begin(*p, record_.started);
        } else if (!*settled) {
            auto const own = probe.termination_grace_period_seconds;
            auto const grace = own.value_or(pod_.spec.termination_grace_period_seconds.value_or(30));
            auto const* const kind = r == role::startup ? " failed startup" : " failed liveness";
            stop(seconds(grace), "Container " + spec_.name + kind + " probe, will be restarted");
        }
    }

    auto begin_hook(kube::lifecycle_handler const& handler, role r) -> void {
        auto const what = action_of(spec_, handler);
        if (!what) return;
        auto const id = run(*what, r);
        if (!id) {
            tell("Warning", r == role::post_start ? "FailedPostStartHook" : "FailedPreStopHook",
                 std::string(to_string(r)) + "Hook failed: " + id.error().message);
            if (r == role::post_start)
                stop(seconds(pod_.spec.termination_grace_period_seconds.value_or(30)), "FailedPostStartHook");
            return;
        }
        record_.hook = *id;
        record_.starting = r == role::post_start;
    }

    auto hook_ended(role r, exit_report const& report) -> void {
        if (record_.hook != report.id) return;
        record_.hook.reset();
        record_.starting = false;
        if (report.exit_code != 0)
            tell("Warning", r == role::post_start ? "FailedPostStartHook" : "FailedPreStopHook",
                 std::string(to_string(r)) + "Hook failed: " + report.output);
        if (r == role::pre_stop && record_.stop == stop_stage::hook) {
            record_.kill_at =
                std::max(record_.kill_at, now_ + seconds(2)); // the kubelet's least time after a hook
            return send_terminate();
        }
        if (r == role::post_start && report.exit_code != 0)
            return stop(seconds(pod_.spec.termination_grace_period_seconds.value_or(30)),
                        "FailedPostStartHook");
        if (r == role::post_start) settle_started();
    }

    auto send_terminate() -> void {
        auto const grace = record_.kill_at > now_;
        record_.stop = grace ? stop_stage::terminated : stop_stage::killed;
        [[maybe_unused]] auto const sent = ctx_.runtime.signal(*record_.id, grace ? SIGTERM : SIGKILL, now_);
    }

    auto attend_stop() -> wake {
        if (record_.stop == stop_stage::killed) return wake::signalled();
        if (now_ < record_.kill_at) return wake::at(record_.kill_at);
        if (record_.stop == stop_stage::hook) {
            record_.kill_at = now_ + seconds(2);
            send_terminate();
            return wake::at(record_.kill_at);
        }
        send_terminate();
        return wake::signalled();
    }

    /// Probes and hooks that are under way do not matter any more.
    auto abandon_actions() -> void {
        auto const drop = [this](std::optional<container_id> id) {
            if (!id) return;
            [[maybe_unused]] auto const sent = ctx_.runtime.signal(*id, SIGKILL, now_);
            ctx_.routes.erase(*id);
        };
        if (auto const probes = std::exchange(record_.probes, nullptr))
            for (auto const& course : *probes) drop(course.under_way());
        drop(std::exchange(record_.hook, std::nullopt));
        record_.starting = false;
    }

    /// The end of the log: at most 80 lines and 2 KiB.
    auto last_words() const -> std::string {
        if (ctx_.options.log_directory.empty()) return {};
        auto reader = log_reader::open(log_place_of().file(record_.status.restart_count), {.tail_lines = 80});
        if (!reader) return {};
        auto text = reader->read();
        return text.size() <= 2048 ? text : text.substr(text.size() - 2048);
    }

    context& ctx_;
    pod_worker<Runtime>& owner_;
    kube::pod const& pod_;
    std::string const& ip_;
    container_record& record_;
    std::size_t number_;
    time_point now_;
    kube::container const& spec_;
};

} // namespace berth::node::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/detail/container_driver.ipp>
#endif
