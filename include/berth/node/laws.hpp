#pragma once

/// \file
/// The laws of `runtime` as an executable suite, for Berth's runtimes and for yours, under any test
/// framework:
///
/// ```cpp
/// struct maker {
///     auto make() const -> my_runtime;                               // a fresh one
///     auto ending(int exit_code) const -> node::container_spec;      // ends soon by itself
///     auto endless(bool deaf) const -> node::container_spec;         // runs until told; deaf: ignores
///     SIGTERM auto impossible() const -> node::container_spec;               // cannot be started auto
///     question(bool good) const -> node::action;                // an action that succeeds or fails auto
///     pass(time_point now) const -> time_point;                 // lets a little time go by
/// };
/// auto judge = [](node::laws::finding const& f) { INFO(f.law << ": " << f.detail); CHECK(f.holds); };
/// node::laws::all(maker{}, judge);
/// ```
///
/// A question's answer may be the container's matter: `good` and bad ones are asked of containers of
/// `endless(false)`. It is in no umbrella header: only tests need it.

#include <berth/core/config.hpp>
#include <berth/node/runtime.hpp>

#include <csignal>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace berth::node::laws {

/// What came of one check.
struct finding {
    std::string_view law;
    bool holds = false;
    std::string detail;
};

namespace detail {

/// Polls until `count` reports have come, or so long that they will not come.
template <class F, class R>
auto await(F const& maker, R& runtime, time_point& now, std::size_t count) -> std::vector<exit_report> {
    auto out = std::vector<exit_report>();
    for (auto i = 0; i < 20'000 && out.size() < count; ++i) {
        for (auto& report : runtime.poll(now)) out.push_back(std::move(report));
        if (out.size() < count) now = maker.pass(now);
    }
    return out;
}

inline constexpr auto start_of_time = time_point::from_unix_seconds(1'767'225'600);

[[nodiscard]] BERTH_DECL auto count_of(std::string_view what, std::size_t n) -> std::string;

} // namespace detail

/// Each container is reported once, with its exit code, and is running until then.
template <class F, class J> auto reports(F const& maker, J& judge) -> void {
    auto runtime = maker.make();
    auto now = detail::start_of_time;
    auto ids = std::set<container_id>();
    for (auto code = 0; code < 5; ++code)
        if (auto const id = runtime.start(maker.ending(code), now)) ids.insert(*id);
    judge(finding{"ids do not repeat", ids.size() == 5, detail::count_of("ids of 5", ids.size())});
    auto const ends = detail::await(maker, runtime, now, 5);
    judge(finding{"what was started is reported", ends.size() == 5,
                  detail::count_of("reports of 5", ends.size())});
    auto codes = std::set<int>();
    for (auto const& end : ends) {
        codes.insert(end.exit_code);
        ids.erase(end.id);
        auto const reason = end.exit_code == 0 ? "Completed" : "Error";
        judge(finding{"a report says how it ended", end.signal == 0 && end.reason == reason, end.reason});
        judge(finding{"a report has its time", end.finished <= now && end.finished >= detail::start_of_time,
                      ""});
    }
    judge(finding{"exit codes are told", codes == std::set{0, 1, 2, 3, 4},
                  detail::count_of("codes", codes.size())});
    judge(
        finding{"each is reported under its own id", ids.empty(), detail::count_of("ids left", ids.size())});
    for (auto i = 0; i < 10; ++i) now = maker.pass(now);
    judge(finding{"nothing is reported twice", runtime.poll(now).empty(), ""});
    judge(finding{"nothing runs after its report", runtime.running().empty(), ""});
    judge(finding{"an idle runtime need not be polled", runtime.next(now) == wake::signalled(), ""});
}

/// SIGTERM ends what listens, SIGKILL everything; what has ended cannot be signalled.
template <class F, class J> auto signals(F const& maker, J& judge) -> void {
    auto runtime = maker.make();
    auto now = detail::start_of_time;
    auto const polite = runtime.start(maker.endless(false), now);
    auto const deaf = runtime.start(maker.endless(true), now);
    judge(finding{"endless containers start", polite && deaf, ""});
    if (!polite || !deaf) return;
    for (auto i = 0; i < 50; ++i) now = maker.pass(now);
    judge(finding{"what is not told to stop runs on",
                  runtime.poll(now).empty() && runtime.running().size() == 2, ""});
    judge(finding{"a signal is taken",
                  runtime.signal(*polite, SIGTERM, now) && runtime.signal(*deaf, SIGTERM, now), ""});
    auto ends = detail::await(maker, runtime, now, 1);
    judge(finding{"SIGTERM ends what listens",
                  ends.size() == 1 && ends[0].id == *polite && ends[0].exit_code == 143, ""});
    for (auto i = 0; i < 50; ++i) now = maker.pass(now);
    judge(finding{"SIGTERM can be ignored", runtime.poll(now).empty(), ""});
    judge(finding{"SIGKILL is taken", runtime.signal(*deaf, SIGKILL, now).has_value(), ""});
    ends = detail::await(maker, runtime, now, 1);
    auto const killed = ends.size() == 1 && ends[0].exit_code == 137 && ends[0].signal == SIGKILL;
    judge(finding{"SIGKILL ends everything", killed, ""});
    auto const late = runtime.signal(*deaf, SIGKILL, now);
    judge(finding{"what has ended cannot be signalled", !late && late.error().code == error_code::not_found,
                  ""});
}

/// After a refused start nothing runs and nothing is reported.
template <class F, class J> auto refusals(F const& maker, J& judge) -> void {
    auto runtime = maker.make();
    auto now = detail::start_of_time;
    auto const refused = runtime.start(maker.impossible(), now);
    judge(finding{"the impossible is refused with words", !refused && !refused.error().message.empty(), ""});
    judge(finding{"after a refusal nothing runs", runtime.running().empty(), ""});
    for (auto i = 0; i < 10; ++i) now = maker.pass(now);
    judge(finding{"after a refusal nothing is reported", runtime.poll(now).empty(), ""});
    auto const nobody = runtime.run(container_id{12345}, maker.question(true), now);
    judge(finding{"nobody answers for a stranger", !nobody && nobody.error().code == error_code::not_found,
                  ""});
}

/// Actions are reported under ids of their own and are no containers.
template <class F, class J> auto actions(F const& maker, J& judge) -> void {
    auto runtime = maker.make();
    auto now = detail::start_of_time;
    auto const id = runtime.start(maker.endless(false), now);
    if (!id) return judge(finding{"endless containers start", false, id.error().message});
    for (auto const good : {true, false}) {
        auto const asked = runtime.run(*id, maker.question(good), now);
        judge(finding{"a question is asked", asked.has_value() && asked != *id, ""});
        auto const answers = detail::await(maker, runtime, now, 1);
        auto const right =
            answers.size() == 1 && answers[0].id == *asked && (answers[0].exit_code == 0) == good;
        judge(finding{"a question is answered", right, good ? "good" : "bad"});
        now = maker.pass(now);
    }
    judge(finding{"an action is no container", runtime.running() == std::vector{*id}, ""});
}

/// Checks every law.
template <class F, class J> auto all(F const& maker, J& judge) -> void {
    static_assert(runtime<decltype(maker.make())>,
                  "make() must answer a runtime: see berth/node/runtime.hpp");
    reports(maker, judge);
    signals(maker, judge);
    refusals(maker, judge);
    actions(maker, judge);
}

} // namespace berth::node::laws

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/laws.ipp>
#endif
