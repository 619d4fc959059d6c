#pragma once

/// \file
/// The bodies of `berth/reconcile/manager.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/threads.hpp>
#include <berth/reconcile/manager.hpp>

#include <algorithm>
#include <stdexcept>

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
    client_ = std::move(client);
    caches_ = std::make_unique<reconcile::caches>(*client_, options.caches);
    for (auto const& c : controllers_)
        loops_.push_back(std::make_unique<held_loop>(*this, c, options_for(c, options)));
}

BERTH_DECL auto manager::options_for(any_controller const& c, manager_options const& from) const
    -> loop_options {
    auto out = loop_options{};
    out.wait = from.wait;
    out.patience = from.patience;
    out.complain = from.complain;
    if (from.recorder) out.record = from.recorder(c.name());
    return out;
}

BERTH_DECL auto manager::run(manager_run how) -> void {
    start(std::move(how.client), std::move(how.options));
    struct given_clock {
        std::function<time_point()> tell;
        auto now() const -> time_point { return tell(); }
    };
    auto driver = thread_driver<given_clock>({.threads = how.threads}, {std::move(how.clock)});
    driver.add(*caches_);
    for (auto const& l : loops_) driver.add(*l);
    driver.run(std::move(how.stop));
}

BERTH_DECL auto manager::held_loop::on_wake(waker w) -> void {
    released_ = {};
    loop_.on_wake(w);
    if (w != waker{}) released_ = in_->released_.subscribe(w);
}

BERTH_DECL auto manager::step(time_point now) -> wake {
    if (caches_ == nullptr) return wake::signalled();
    auto wish = caches_->step(now);
    for (auto const& l : loops_) wish = sooner(wish, l->step(now));
    return wish;
}

BERTH_DECL auto manager::on_wake(waker w) -> void {
    if (caches_ == nullptr) return;
    caches_->on_wake(w);
    for (auto const& l : loops_) l->on_wake(w);
}

BERTH_DECL auto manager::hold(bool held) -> void {
    held_ = held;
    if (!held) released_.notify();
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
        to.sample(name, {{label, l->loop().erased_controller().name()}},
                  static_cast<std::uint64_t>(value(l->loop())));
}

BERTH_DECL auto manager::metrics() const -> std::string {
    auto out = exposition();
    tell(out, "workqueue_depth", "gauge", "Keys that wait for their turn.",
         [](any_loop const& l) { return l.queue().size(); });
    tell(out, "workqueue_adds_total", "counter", "Keys that began to wait.",
         [](any_loop const& l) { return l.queue().counters().adds; });
    tell(out, "workqueue_retries_total", "counter", "Keys that were put off after a failure.",
         [](any_loop const& l) { return l.queue().counters().retries; });
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
    return std::move(out).text();
}

} // namespace berth::reconcile
