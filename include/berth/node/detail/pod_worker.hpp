#pragma once

/// \file
/// The life of one pod on its node, from the first look at it to its deletion (the kubelet's `syncPod`).

#include <berth/node/detail/container_driver.hpp>
#include <berth/node/pod_status.hpp>

#include <algorithm>

namespace berth::node::detail {

/// One pod. `sync` brings it on, and may be called at any time and as often as one likes; then `report` says
/// what is to be written about it, and `answered` takes what the API says to that, so that many pods can be
/// written about at once.
template <class Runtime> class pod_worker {
public:
    using context = node_context<Runtime>;

    pod_worker(context& ctx, node_addresses& addresses, object::stored<kube::pod> pod, time_point now)
        : ctx_(&ctx), addresses_(&addresses), pod_(std::move(pod)), records_(records_of(*pod_, now)) {
        auto const& status = pod_->status;
        start_time_ = status.start_time ? *status.start_time : object::timestamp(now);
        ended_ = status.phase == "Succeeded" || status.phase == "Failed";
        ip_ = pod_->spec.host_network ? ctx.options.address : status.pod_ip;
    }
    pod_worker(pod_worker const&) = delete;
    auto operator=(pod_worker const&) -> pod_worker& = delete;
    ~pod_worker() { give_address_back(); }

    /// A newer state of the pod. Answers whether it is one.
    auto update(object::stored<kube::pod> pod) -> bool {
        if (pod.revision_of() <= pod_.revision_of()) return false;
        pod_ = std::move(pod);
        return true;
    }
    /// The pod is no longer in the API: its containers end, and nobody is told.
    auto removed() -> void { removed_ = true; }
    /// The agent stops: the containers end within `grace`, and nobody is told.
    auto abandon(duration grace) -> void {
        removed_ = true;
        short_grace_ = grace;
    }
    /// Nothing is left to do; the worker may go.
    [[nodiscard]] auto gone() const -> bool { return removed_ && !any_running(); }
    [[nodiscard]] auto pod() const -> kube::pod const& { return *pod_; }
    /// Calls `f` with each container that runs: what it is to be, and its incarnation.
    template <class F> auto each_running(F f) const -> void {
        for (auto const& r : records_)
            if (r.id) f(r.spec(pod_->spec), *r.id);
    }
    /// Removes what the pod leaves on the machine.
    auto clean() -> void {
        if (!short_grace_) remove_volumes(ctx_->options.volume_directory, pod_->metadata.uid);
    }

    /// Takes a report about one of its containers.
    auto reported(route<Runtime> const& to, exit_report const& report, time_point now) -> void {
        if (to.record >= records_.size()) return;
        auto driver = drive(to.record, now);
        if (to.what != role::container) driver.answered(to.what, report);
        else if (records_[to.record].id == report.id) driver.ended(report);
    }

    /// Does what is due.
    auto sync(time_point now) -> void {
        next_ = wake::signalled();
        conflicts_ = 0;
        if (asked_ == question::later) asked_ = question::none;
        decide_to_stop(now);
        if (stopping_) advance_stop(now);
        else if (!ended_ && is_prepared(now)) advance(now);
        if (ended_ && !any_running()) give_address_back();
    }
    /// When something is due again.
    [[nodiscard]] auto next() const -> wake { return next_; }
    /// Whether it can only go on when its node has a range of addresses.
    [[nodiscard]] auto waits_for_address() const -> bool {
        return !addresses_->range && !holds_address_ && !pod_->spec.host_network && !ended_;
    }

    /// The write that the API is to get: a status that has changed, or that a deleted pod of which nothing
    /// runs may go. Nothing while one is not answered.
    auto report(time_point now) -> std::optional<api::write> {
        if (removed_ || asked_ != question::none) return std::nullopt;
        auto status = current_status(now);
        if (status == pod_->status) return let_go();
        auto changed = *pod_;
        changed.status = std::move(status);
        auto out = api::update_request{object::any_object(std::move(changed))};
        out.options.subresource = "status";
        out.options.expected = pod_.revision_of();
        asked_ = question::status;
        return out;
    }

    /// Takes the answer to that write. There may be a next one to `report`.
    auto answered(result<api::written> answer, time_point now) -> void {
        auto const asked = std::exchange(asked_, question::none);
        if (asked == question::removal) return let_go_answered(answer, now);
        if (answer) {
            pod_ = object::stored<kube::pod>(std::move(answer->object));
            return;
        }
        auto const why = answer.error().code;
        if (why == error_code::not_found) return removed();
        if (why == error_code::conflict && ++conflicts_ < 3) return look_again(now);
        give_up_for(seconds(1), now);
    }

private:
    enum class progress : std::uint8_t { wait, up, done, failed };
    /// What the API was asked for; `later`: nothing before the next `sync`.
    enum class question : std::uint8_t { none, status, removal, later };

    auto drive(std::size_t number, time_point now) -> container_driver<Runtime> {
        return {*ctx_, *this, *pod_, ip_, records_[number], number, now};
    }
    auto when(wake w) -> void { next_ = sooner(next_, w); }
    [[nodiscard]] auto any_running() const -> bool {
        return std::any_of(records_.begin(), records_.end(), [](auto const& r) { return r.id.has_value(); });
    }
    [[nodiscard]] auto inits() const -> std::size_t { return pod_->spec.init_containers.size(); }

    // --- the way up ---

    auto advance(time_point now) -> void {
        if (!has_volumes_ && !make_volumes(now)) return;
        for (std::size_t i = 0; i < inits(); ++i) {
            auto const how = main_started() && !is_sidecar(spec_of(i)) ? progress::done : advance_one(i, now);
            if (how == progress::failed) return end_all(now);
            auto const passed = how == progress::done || (how == progress::up && is_sidecar(spec_of(i)) &&
                                                          records_[i].status.started.value_or(false));
            if (!passed && !main_started()) return;
        }
        auto finished = records_.size() > inits();
        for (auto i = inits(); i < records_.size(); ++i) {
            auto const how = advance_one(i, now);
            finished = finished && (how == progress::done || how == progress::failed);
        }
        if (finished) end_all(now);
    }

    auto make_volumes(time_point now) -> bool {
        auto const& o = ctx_->options;
        if (!o.volume_directory.empty() || o.pretend_volumes) {
            auto maker = volume_maker(ctx_->client, *pod_, o.volume_directory, ctx_->capacity);
            auto const done = o.volume_directory.empty() ? maker.check() : maker.make();
            if (!done && now >= volumes_due_) {
                tell_pod("Warning", "FailedMount", done.error().message, now);
                volumes_wait_ = std::min(std::max(volumes_wait_ * 2, milliseconds(500)), o.retry_interval);
                volumes_due_ = now + volumes_wait_;
            }
            if (!done) return when(wake::at(volumes_due_)), false;
        }
        return has_volumes_ = true;
    }

    auto tell_pod(std::string_view type, std::string_view reason, std::string const& message, time_point now)
        -> void {
        if (!ctx_->events) return;
        auto n = reconcile::note();
        n.regarding = reconcile::reference(kube::pod::resource, pod_->metadata.where(), pod_->metadata.uid);
        n.type = type;
        n.reason = reason;
        n.message = message;
        ctx_->events(n, {}, pod_->spec.node_name, now);
    }

    [[nodiscard]] auto spec_of(std::size_t i) const -> kube::container const& {
        return records_[i].spec(pod_->spec);
    }
    [[nodiscard]] auto main_started() const -> bool {
        return std::any_of(records_.begin() + static_cast<std::ptrdiff_t>(inits()), records_.end(),
                           [](auto const& r) { return r.created; });
    }

    /// Brings one container on: starts it, looks after it, or starts it again when its time has come.
    auto advance_one(std::size_t number, time_point now) -> progress {
        auto& record = records_[number];
        if (record.id) {
            when(drive(number, now).attend());
            return progress::up;
        }
        if (auto const code = last_exit(record)) {
            if (!should_restart(number, *code)) return *code == 0 ? progress::done : progress::failed;
            auto const ready = record.backoff.ready_at(record.ended, ctx_->options.backoff);
            if (now < ready) return back_off(number, ready, now);
            if (now < record.retry) return hold(record.retry);
            record.backoff.restarted(record.ended, now, ctx_->options.backoff);
        }
        if (now < record.retry) return hold(record.retry);
        drive(number, now).launch();
        when(record.id ? drive(number, now).attend() : wake::again());
        return record.id ? progress::up : progress::wait;
    }

    /// The exit code of a container that has ended, also while it waits to be started again.
    static auto last_exit(container_record const& record) -> std::optional<std::int32_t> {
        if (auto const code = record.exit_code()) return code;
        if (!record.backed_off || !record.status.last_state.terminated) return std::nullopt;
        return record.status.last_state.terminated->exit_code;
    }

    [[nodiscard]] auto should_restart(std::size_t number, std::int32_t code) const -> bool {
        auto const& spec = spec_of(number);
        if (!records_[number].init || is_sidecar(spec)) return restarts(pod_->spec, spec, code);
        return code != 0 && pod_->spec.restart_policy != "Never";
    }

    auto hold(time_point until) -> progress {
        when(wake::at(until));
        return progress::wait;
    }

    auto back_off(std::size_t number, time_point until, time_point now) -> progress {
        auto& record = records_[number];
        if (!record.backed_off) {
            auto const& name = spec_of(number).name;
            auto const label = pod_label(*pod_);
            record.set_waiting("CrashLoopBackOff", "back-off " + go_duration(record.backoff.delay()) +
                                                       " restarting failed container=" + name +
                                                       " pod=" + label);
            record.backed_off = true;
            drive(number, now)
                .tell("Warning", "BackOff",
                      "Back-off restarting failed container " + name + " in pod " + label);
        }
        return hold(until);
    }

    // --- the way down ---

    /// No container will be started any more; sidecars, which may still run, are ended.
    auto end_all(time_point now) -> void {
        stopping_ = true;
        stop_at_ = now + seconds(pod_->spec.termination_grace_period_seconds.value_or(30));
        advance_stop(now);
    }

    auto decide_to_stop(time_point now) -> void {
        auto const& meta = pod_->metadata;
        if (removed_ || meta.deleting()) {
            auto const asked = seconds(meta.deletion_grace_period_seconds.value_or(
                pod_->spec.termination_grace_period_seconds.value_or(30)));
            auto const grace = short_grace_ ? std::min(asked, *short_grace_) : asked;
            auto const limit = now + (removed_ && !short_grace_ ? std::max(grace, seconds(1)) : grace);
            stop_at_ = stopping_ && told_ ? std::min(stop_at_, limit) : limit;
            stopping_ = told_ = true;
        } else if (kube::is_finished(*pod_) && !ended_ && !stopping_) {
            end_all(now); // somebody else has given it up
        } else if (pod_->spec.active_deadline_seconds && !ended_ && !stopping_) {
            auto const limit = start_time_.time() + seconds(*pod_->spec.active_deadline_seconds);
            if (now < limit) return when(wake::at(limit));
            overdue_ = true;
            end_all(now);
        }
    }

    /// Ends the main containers, then the sidecars.
    auto advance_stop(time_point now) -> void {
        auto main = false;
        for (auto i = inits(); i < records_.size(); ++i) main = stop_one(i, now) || main;
        auto any = main;
        for (auto i = inits(); i-- > 0 && (!main || !is_sidecar(spec_of(i)));) any = stop_one(i, now) || any;
        if (any) return;
        ended_ = true;
    }

    auto stop_one(std::size_t number, time_point now) -> bool {
        auto& record = records_[number];
        if (!record.id) return false;
        auto const grace = stop_at_ > now ? stop_at_ - now : duration{};
        if (record.stop == stop_stage::none || record.kill_at > stop_at_ + seconds(2))
            drive(number, now).stop(grace, "");
        when(drive(number, now).attend());
        return true;
    }

    // --- its address ---

    /// Whether it has its volumes and its address: that it gets last, unless it had it before.
    auto is_prepared(time_point now) -> bool {
        if (ip_.empty() && !has_volumes_ && !make_volumes(now)) return false;
        return has_address();
    }
    /// Whether it has one, or is to be without: a range may hold fewer than a node's pods.
    auto has_address() -> bool {
        if (waits_for_address()) return false;
        if (holds_address_ || pod_->spec.host_network) return true;
        ip_ = addresses_->range->take(ip_).value_or("");
        return holds_address_ = true;
    }
    auto give_address_back() -> void {
        if (std::exchange(holds_address_, false)) addresses_->range->give_back(ip_);
    }

    // --- telling ---

    [[nodiscard]] auto current_status(time_point now) const -> kube::pod_status {
        auto const& pod = *pod_;
        auto out = pod.status;
        out.observed_generation = pod.metadata.generation;
        out.host_ip = ctx_->options.address;
        out.host_ips.resize(1);
        out.host_ips[0].ip = out.host_ip;
        out.pod_ip = ip_;
        out.pod_ips.resize(out.pod_ip.empty() ? 0 : 1);
        if (!out.pod_ips.empty()) out.pod_ips[0].ip = out.pod_ip;
        out.start_time = start_time_;
        out.init_container_statuses.clear();
        out.container_statuses.clear();
        for (auto const& record : records_)
            (record.init ? out.init_container_statuses : out.container_statuses).push_back(record.status);
        if (out.phase != "Succeeded" && out.phase != "Failed") out.phase = phase_of(pod.spec, out, ended_);
        if (overdue_) {
            if (ended_) out.phase = "Failed";
            out.reason = "DeadlineExceeded";
            out.message = "Pod was active on the node longer than the specified deadline";
        }
        set_conditions(pod, out, !ended_ && !out.pod_ip.empty(), now);
        return out;
    }

    /// Somebody else has written the pod: what is new in it may call for more than a status.
    auto look_again(time_point now) -> void {
        auto fresh = api::get<kube::pod>(ctx_->client, pod_->metadata.where());
        if (!fresh && fresh.error().code == error_code::not_found) return removed();
        if (!fresh) return give_up_for(seconds(1), now);
        if ((*fresh)->metadata.uid != pod_->metadata.uid) return removed();
        pod_ = *std::move(fresh);
        when(wake::again());
    }
    auto give_up_for(duration pause, time_point now) -> void {
        asked_ = question::later;
        when(wake::at(now + pause));
    }

    auto let_go() -> std::optional<api::write> {
        if (!pod_->metadata.deleting() || any_running() || !ended_ || let_go_) return std::nullopt;
        auto out = api::remove_request{&kube::pod::resource, pod_->metadata.where()};
        out.options.grace_period_seconds = 0;
        out.options.expected_uid = pod_->metadata.uid;
        asked_ = question::removal;
        return out;
    }
    auto let_go_answered(result<api::written> const& done, time_point now) -> void {
        let_go_ = done || done.error().code == error_code::not_found;
        auto const anothers = !done && done.error().code == error_code::conflict; // the name is
        if (anothers || (done ? done->gone : let_go_)) removed();
        else if (!let_go_) give_up_for(seconds(1), now);
    }

    context* ctx_;
    node_addresses* addresses_;
    object::stored<kube::pod> pod_;
    std::vector<container_record> records_;
    object::timestamp start_time_;
    std::string ip_;
    bool holds_address_ = false;
    bool removed_ = false;
    bool stopping_ = false;
    bool told_ = false;    ///< to stop, by the API
    bool overdue_ = false; ///< by its own deadline
    bool ended_ = false;   ///< no container will be started any more, and none runs
    bool let_go_ = false;
    bool has_volumes_ = false;
    time_point volumes_due_{};
    duration volumes_wait_{};
    std::optional<duration> short_grace_;
    time_point stop_at_{};
    question asked_ = question::none;
    std::uint8_t conflicts_ = 0; ///< since the last `sync`
    wake next_ = wake::signalled();
};

} // namespace berth::node::detail
