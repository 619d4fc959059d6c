#pragma once

/// \file
/// The bodies of `berth/reconcile/manager.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/threads.hpp>
#include <berth/reconcile/loop_queue.hpp>
#include <berth/reconcile/manager.hpp>

#include <algorithm>
#include <stdexcept>
#include <type_traits>

namespace berth::reconcile {

BERTH_DECL auto manager::add(any_controller c) -> manager& {
    if (caches_ != nullptr)
        throw std::logic_error("a manager cannot take another controller once it has been started");
    auto const there = names();
    if (std::find(there.begin(), there.end(), c.name()) != there.end())
        throw std::logic_error("two controllers of one manager are called " + std::string(c.name()));
    controllers_.push_back(std::move(c));
    return *this;
}

BERTH_DECL auto manager::start(api::any_client client, manager_options options) -> void {
    if (caches_ != nullptr) throw std::logic_error("a manager can be started once only");
    options_ = std::move(options);
    client_ = std::move(client);
    caches_ = std::make_unique<reconcile::caches>(*client_, options_.caches);
    for (auto const& c : controllers_)
        loops_.push_back(std::make_unique<held_loop>(*this, c, options_for(c)));
    log(log_level::info, "started");
}

BERTH_DECL auto manager::options_for(any_controller const& c) const -> loop_options {
    auto const& from = options_;
    auto out = loop_options{};
    out.wait = from.wait;
    out.seed = from.seed;
    out.retries = from.retries;
    out.patience = from.patience;
    out.budget = from.budget;
    out.complain = from.complain;
    out.clock = from.clock;
    out.history = from.history;
    out.leadership = from.leadership;
    out.finish = from.finish;
    if (from.priority) out.priority = from.priority(c.name());
    if (from.recorder) out.record = from.recorder(c.name());
    if (from.log)
        out.looked = [sink = from.log, least = from.log_from, name = std::string(c.name())](look const& l) {
            if (auto const e = entry_of(name, l); e.level >= least) sink(e);
        };
    return out;
}

BERTH_DECL auto manager::log(log_level level, std::string message) const -> void {
    if (!options_.log || level < options_.log_from) return;
    auto e = log_entry{now(), level, std::move(message), {}};
    e.fields.emplace_back("controllers", std::to_string(controllers_.size()));
    options_.log(e);
}

/// Remembers when it was stepped, and says once that the caches have seen everything.
BERTH_DECL auto manager::note_time(time_point now) -> void {
    stepped_ = now.nanoseconds;
    if (!told_synced_ && caches_->synced() && !told_synced_.exchange(true))
        log(log_level::info, "the caches have seen everything");
}

BERTH_DECL auto manager::run(manager_run how) -> void {
    if (!how.options.clock) how.options.clock = how.clock;
    start(std::move(how.client), std::move(how.options));
    struct given_clock {
        std::function<time_point()> tell;
        auto now() const -> time_point { return tell(); }
    };
    auto driver = thread_driver<given_clock>({.threads = how.threads}, {std::move(how.clock)});
    struct stepped_caches {
        manager* in;
        auto step(time_point now) -> wake {
            auto const wish = in->caches_->step(now);
            in->note_time(now);
            return wish;
        }
        auto on_wake(waker w) -> void { in->caches_->on_wake(w); }
    };
    auto stepped = stepped_caches{this};
    auto helpers = std::vector<std::unique_ptr<held_worker>>();
    driver.add(stepped);
    for (auto const& l : loops_) {
        driver.add(*l);
        auto const workers = options_.workers ? options_.workers(l->loop().erased_controller().name()) : 1;
        for (std::size_t n = 1; n < workers; ++n) {
            helpers.push_back(std::make_unique<held_worker>(*this, l->loop()));
            driver.add(*helpers.back());
        }
    }
    driver.run(std::move(how.stop));
    log(log_level::info, "stopped");
}

BERTH_DECL auto manager::held_worker::on_wake(waker w) -> void {
    released_ = {};
    worker_.on_wake(w);
    if (w != waker{}) released_ = in_->released_.subscribe(w);
}

BERTH_DECL auto manager::held_loop::on_wake(waker w) -> void {
    released_ = {};
    loop_.on_wake(w);
    if (w != waker{}) released_ = in_->released_.subscribe(w);
}

BERTH_DECL auto manager::step(time_point now) -> wake {
    if (caches_ == nullptr) return wake::signalled();
    auto wish = caches_->step(now);
    note_time(now);
    for (auto const& l : loops_) wish = sooner(wish, l->step(now));
    return wish;
}

BERTH_DECL auto manager::on_wake(waker w) -> void {
    if (caches_ == nullptr) return;
    caches_->on_wake(w);
    for (auto const& l : loops_) l->on_wake(w);
}

BERTH_DECL auto manager::drain(time_point now) -> std::optional<wake> {
    if (caches_ == nullptr) return std::nullopt;
    static_cast<void>(options_.finish ? caches_->step(now) : wake::signalled());
    stepped_ = now.nanoseconds;
    for (; drained_ < loops_.size(); ++drained_)
        if (auto const wish = loops_[drained_]->drain(now)) return wish;
    log(log_level::info, "drained");
    return std::nullopt;
}

BERTH_DECL auto manager::hold(bool held) -> void {
    if (held_.exchange(held) == held) return;
    if (caches_ != nullptr) log(log_level::info, held ? "stands by" : "works");
    if (!held) released_.notify();
}

BERTH_DECL auto manager::health() const -> std::vector<check> {
    auto out = std::vector<check>();
    for (auto const& l : loops_) {
        auto const longest = l->loop().queue().unfinished(now()).longest;
        auto& c = out.emplace_back(check{std::string(l->loop().erased_controller().name()), {}});
        if (longest > options_.stuck_after)
            c.problem = "one of its keys has been looked at for " + seconds_text(longest) + " s";
    }
    return out;
}

BERTH_DECL auto manager::readiness() const -> std::vector<check> {
    auto started = check{"started", caches_ == nullptr ? "it has not been started" : ""};
    auto caches =
        check{"caches", synced() ? "" : "not everything that the controllers look at has been seen"};
    return {std::move(started), std::move(caches)};
}

BERTH_DECL auto manager::names() const -> std::vector<std::string_view> {
    auto out = std::vector<std::string_view>();
    for (auto const& c : controllers_) out.push_back(c.name());
    return out;
}

BERTH_DECL auto manager::find(std::string_view controller) const -> any_loop const* {
    for (auto const& l : loops_)
        if (l->loop().erased_controller().name() == controller) return &l->loop();
    return nullptr;
}

BERTH_DECL auto manager::find(std::string_view controller) -> any_loop* {
    return const_cast<any_loop*>(std::as_const(*this).find(controller));
}

BERTH_DECL auto manager::counters(std::string_view controller) const -> loop_counters {
    auto const* const l = find(controller);
    return l == nullptr ? loop_counters{} : l->counters();
}

/// One family with a sample for each controller.
template <class Value> auto manager::tell(exposition& to, std::string_view name, std::string_view type,
                                          std::string_view help, Value value) const -> void {
    to.family(name, type, help);
    auto const label = name.starts_with("workqueue") ? "name" : "controller";
    for (auto const& l : loops_)
        if constexpr (std::is_same_v<std::invoke_result_t<Value&, any_loop const&>, duration>)
            to.sample(name, {{label, l->loop().erased_controller().name()}}, seconds_text(value(l->loop())));
        else
            to.sample(name, {{label, l->loop().erased_controller().name()}},
                      static_cast<std::uint64_t>(value(l->loop())));
}

/// One family of histograms, with one for each controller.
template <class Times> auto manager::tell_times(exposition& to, std::string_view name, std::string_view help,
                                                Times times) const -> void {
    to.family(name, "histogram", help);
    auto const part = [&](std::string_view suffix) { return std::string(name) + std::string(suffix); };
    for (auto const& l : loops_) {
        auto const all = l->loop().queue().times();
        duration_histogram const& h = times(all);
        auto const controller = l->loop().erased_controller().name();
        auto so_far = std::uint64_t{0};
        for (std::size_t i = 0; i <= duration_histogram::bounds; ++i) {
            so_far += h.bucket(i);
            auto const end = i == duration_histogram::bounds ? std::string("+Inf")
                                                             : seconds_text(duration_histogram::bound(i));
            to.sample(part("_bucket"), {{"name", controller}, {"le", end}}, so_far);
        }
        to.sample(part("_sum"), {{"name", controller}}, seconds_text(h.sum()));
        to.sample(part("_count"), {{"name", controller}}, so_far);
    }
}

BERTH_DECL auto manager::metrics() const -> std::string {
    auto out = exposition();
    tell(out, "workqueue_depth", "gauge", "Keys that wait for their turn.",
         [](any_loop const& l) { return l.queue().size(); });
    tell(out, "workqueue_adds_total", "counter", "Keys that began to wait.",
         [](any_loop const& l) { return l.queue().counters().adds; });
    tell(out, "workqueue_retries_total", "counter", "Keys that were put off after a failure.",
         [](any_loop const& l) { return l.queue().counters().retries; });
    tell_times(out, "workqueue_queue_duration_seconds", "How long keys waited for their turn.",
               [](queue_times const& t) -> auto const& { return t.waited; });
    tell_times(out, "workqueue_work_duration_seconds", "How long keys were worked on.",
               [](queue_times const& t) -> auto const& { return t.worked; });
    auto const time = now();
    tell(out, "workqueue_unfinished_work_seconds", "gauge",
         "How long the keys that are worked on have been, together.",
         [&](any_loop const& l) { return l.queue().unfinished(time).total; });
    tell(out, "workqueue_longest_running_processor_seconds", "gauge",
         "How long the key that has been worked on longest has been.",
         [&](any_loop const& l) { return l.queue().unfinished(time).longest; });
    tell(out, "berth_reconcile_total", "counter", "Keys that were looked at.",
         [](any_loop const& l) { return l.counters().reconciles; });
    tell(out, "berth_reconcile_empty_total", "counter", "Keys for which there was nothing to do.",
         [](any_loop const& l) { return l.counters().empty_plans; });
    tell(out, "berth_reconcile_steps_total", "counter", "Steps of plans that were carried out.",
         [](any_loop const& l) { return l.counters().steps; });
    tell(out, "berth_reconcile_conflicts_total", "counter",
         "Steps that were refused because the world had moved on.",
         [](any_loop const& l) { return l.counters().conflicts; });
    tell(out, "berth_reconcile_errors_total", "counter", "Steps that were refused for other reasons.",
         [](any_loop const& l) { return l.counters().failures; });
    tell(out, "berth_reconcile_held_back_total", "counter",
         "Keys that had to wait until their own last write was seen.",
         [](any_loop const& l) { return l.counters().held_back; });
    tell(out, "berth_reconcile_put_off_total", "counter", "Steps that the API put off.",
         [](any_loop const& l) { return l.counters().put_off; });
    tell(out, "berth_reconcile_cut_total", "counter", "Plans that were longer than their budget.",
         [](any_loop const& l) { return l.counters().cut; });
    return std::move(out).text();
}

} // namespace berth::reconcile
