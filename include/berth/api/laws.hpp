#pragma once

/// \file
/// The laws of `api::client` as an executable suite, for Berth's clients and for yours, under any test
/// framework:
///
/// ```cpp
/// struct maker {                                     // how to get a fresh API, and objects for it
///     auto make() const -> my_world;                 // an API without objects; `.client()` gives the client
///     auto object(std::string name, int content) const -> object::any_object;  // valid for any content >= 0
///     auto content(object::any_object const&) const -> int;
///     auto patch(int content) const -> api::patch;   // changes nothing but the content
/// };
/// auto judge = [](berth::api::laws::finding const& f) {
///     INFO(f.law << ": " << f.detail);
///     CHECK(f.holds);
/// };
/// berth::api::laws::all(maker{}, judge);
/// ```
///
/// At the end of a network watches hear a moment later: a world that has a member `let_arrive()` is asked to
/// wait for such a moment (20 ms, say) before something is expected of a watch.
///
/// An object of a negative content must be refused as invalid. The client may be at the end of a bad line:
/// `timeout` and `unavailable` are allowed to happen, and the laws then are about what can be known.
///
/// It is in no umbrella header: only tests need it.

#include <berth/api/client.hpp>

#include <atomic>
#include <concepts>
#include <exception>
#include <functional>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::api::laws {

/// Makes fresh APIs, and objects of one kind for them.
template <class M>
concept client_maker = requires(M const& m, object::any_object const& o, std::string name) {
    requires client<std::remove_cvref_t<decltype(m.make().client())>>;
    { m.object(name, 1) } -> std::same_as<object::any_object>;
    { m.content(o) } -> std::same_as<int>;
    { m.patch(1) } -> std::same_as<api::patch>;
};

/// What the suite tells its judge about one law: once if it holds, else once per broken expectation.
struct finding {
    std::string_view law; ///< a sentence
    bool holds = true;
    std::string detail{}; ///< where in the suite, and what was found
};

/// A fresh API and shorthand for the laws' bodies.
template <client_maker M> class scene {
public:
    using where = std::source_location;

    explicit scene(M const& maker) : maker_(&maker), world_(maker.make()) {}

    [[nodiscard]] auto client() -> decltype(auto) { return world_.client(); }
    [[nodiscard]] auto object(std::string name, int content) const -> object::any_object {
        return maker_->object(std::move(name), content);
    }
    [[nodiscard]] auto content(object::object_ref const& o) const -> int { return maker_->content(o.object); }
    [[nodiscard]] auto patch(int content) const -> api::patch { return maker_->patch(content); }
    [[nodiscard]] auto kind() const -> object::resource_name const& {
        return maker_->object("any", 1).resource();
    }
    [[nodiscard]] auto at(std::string name) const -> object::key {
        return maker_->object(std::move(name), 1).metadata().where();
    }

    /// Lets a watch hear what has happened.
    auto let_arrive() -> void {
        if constexpr (requires { world_.let_arrive(); }) world_.let_arrive();
    }

    /// Notes a broken expectation, with where it stands.
    auto expect(bool holds, std::string_view what = "", where here = where::current()) -> void {
        if (holds) return;
        auto const path = std::string_view(here.file_name());
        auto text = std::string(path.substr(path.rfind('/') + 1)) + ":" + std::to_string(here.line());
        if (!what.empty()) text.append(": ").append(what);
        broken.push_back(std::move(text));
    }
    /// Expects an error of this code.
    template <class T> auto refuses(result<T> const& r, error_code code, where here = where::current())
        -> void {
        if (r) return expect(false, "was not refused", here);
        expect(r.error().code == code, "refused with another code: " + r.error().message, here);
    }

    /// An error after which nobody knows whether it was done.
    static auto doubtful(error const& e) -> bool {
        return e.code == error_code::timeout || e.code == error_code::unavailable;
    }
    /// Repeats what changes nothing, until the line lets it through.
    template <class F> auto insist(F ask) -> decltype(ask()) {
        for (auto tries = 0;; ++tries) {
            auto answer = ask();
            if (answer || !doubtful(answer.error()) || tries == patience) return answer;
        }
    }
    auto read(std::string const& name) -> result<object::object_ref> {
        return insist([&] { return client().get(kind(), at(name), {}); });
    }
    auto list() -> result<object_list> {
        return insist([&] { return client().list(kind(), {}); });
    }
    /// The content of an object; nothing if it is not there.
    auto content_of(std::string const& name) -> std::optional<int> {
        auto const o = read(name);
        return o ? std::optional(content(*o)) : std::nullopt;
    }
    /// Does a write that may be repeated, until it is known to be done or refused. `done` says, of the object
    /// that is there (empty: none), whether it is what the write makes.
    auto settle(write const& w, std::string const& name,
                std::function<bool(object::object_ref const&)> const& done) -> result<object::object_ref> {
        for (auto tries = 0;; ++tries) {
            auto answer = commit_one(client(), w);
            if (answer) return std::move(answer->object);
            if (!doubtful(answer.error()) || tries == patience) return std::unexpected(answer.error());
            auto const there = read(name);
            auto const now = there ? *there : object::object_ref{};
            if ((there || there.error().code == error_code::not_found) && done(now)) return now;
        }
    }
    auto make(std::string const& name, int content_) -> result<object::object_ref> {
        return settle(create_request{object(name, content_)}, name,
                      [&](auto const& o) { return o && content(o) == content_; });
    }
    auto change(std::string const& name, int content_, object::revision expected = 0)
        -> result<object::object_ref> {
        auto o = update_options{};
        o.expected = expected;
        return settle(update_request{object(name, content_), o}, name,
                      [&](auto const& there) { return there && content(there) == content_; });
    }
    auto remove(std::string const& name, delete_options const& o = {}) -> result<object::object_ref> {
        return settle(remove_request{&kind(), at(name), o}, name, [](auto const& there) { return !there; });
    }

    std::vector<std::string> broken;

private:
    static constexpr int patience = 1000;

    M const* maker_;
    decltype(std::declval<M const&>().make()) world_;
};

/// Checks one law on a fresh API.
template <client_maker M, class R, class Body>
auto law(std::string_view sentence, M const& maker, R& report, Body body) -> void {
    auto s = scene<M>(maker);
    try {
        body(s);
    } catch (std::exception const& e) {
        s.broken.push_back(std::string("threw ") + e.what());
    }
    if (s.broken.empty()) report(finding{sentence});
    for (auto& detail : s.broken) report(finding{sentence, false, std::move(detail)});
}

/// Writes and reads.
template <client_maker M, class R> auto writes(M const& maker, R& report) -> void {
    law("what a write answers is what a read then gives", maker, report, [](auto& s) {
        auto const made = s.make("a", 1);
        s.expect(made && s.read("a") == *made);
        auto const changed = s.change("a", 2);
        s.expect(changed && s.read("a") == *changed && s.content(*changed) == 2);
        s.expect(made && changed && changed->rev > made->rev, "a later write has a greater revision");
        auto const patched =
            s.insist([&] { return patch_object(s.client(), s.kind(), s.at("a"), s.patch(3)); });
        s.expect(patched && s.read("a") == *patched && s.content(*patched) == 3);
        s.expect(s.remove("a").has_value());
        s.refuses(s.read("a"), error_code::not_found);
    });
    law("a refused write changes nothing", maker, report, [](auto& s) {
        auto const before = s.make("a", 1);
        auto const create = [&](int n) {
            return s.insist([&] { return commit_one(s.client(), create_request{s.object("a", n)}); });
        };
        s.refuses(create(5), error_code::already_exists);
        s.refuses(s.insist([&] { return commit_one(s.client(), create_request{s.object("b", -1)}); }),
                  error_code::invalid);
        s.refuses(s.change("none", 5), error_code::not_found);
        auto const gone = remove_request{&s.kind(), s.at("none"), {}};
        s.refuses(s.insist([&] { return commit_one(s.client(), gone); }), error_code::not_found);
        s.refuses(s.change("a", -1), error_code::invalid);
        auto other = delete_options{};
        other.expected_uid = "another";
        s.refuses(s.remove("a", other), error_code::conflict);
        s.expect(before && s.read("a") == *before);
        s.expect(s.list()->items.size() == 1);
    });
    law("a write that expects another revision is a conflict", maker, report, [](auto& s) {
        auto const first = s.make("a", 1);
        auto const second = s.change("a", 2, first->rev);
        s.expect(second.has_value());
        s.refuses(s.change("a", 3, first->rev), error_code::conflict);
        s.expect(s.content_of("a") == 2);
    });
    law("a dry run says what would be and changes nothing", maker, report, [](auto& s) {
        auto const before = s.make("a", 1);
        auto create = create_request{s.object("b", 1)};
        create.options.dry_run = true;
        s.expect(s.insist([&] { return commit_one(s.client(), create); }).has_value());
        auto update = update_request{s.object("a", 2)};
        update.options.dry_run = true;
        auto const said = s.insist([&] { return commit_one(s.client(), update); });
        s.expect(said && s.content(said->object) == 2);
        auto remove = remove_request{&s.kind(), s.at("a"), {}};
        remove.options.dry_run = true;
        s.expect(s.insist([&] { return commit_one(s.client(), remove); }).has_value());
        s.expect(before && s.read("a") == *before);
        s.expect(s.list()->items.size() == 1);
    });
}

/// Batches.
template <client_maker M, class R> auto batches(M const& maker, R& report) -> void {
    law("a batch of no writes has no answers", maker, report,
        [](auto& s) { s.expect(s.client().commit({}).empty()); });
    law("each write of a batch has its own answer, in order, and fails alone", maker, report, [](auto& s) {
        auto batch = std::vector<write>();
        for (auto i = 0; i < 6; ++i) // every third one is refused
            batch.push_back(create_request{s.object("o" + std::to_string(i), i % 3 == 2 ? -1 : i)});
        auto const done = s.client().commit(batch);
        s.expect(done.size() == batch.size());
        for (std::size_t i = 0; i < done.size(); ++i) {
            auto const n = static_cast<int>(i);
            auto const there = s.content_of("o" + std::to_string(i));
            if (done[i]) s.expect(n % 3 != 2 && there == n && s.content(done[i]->object) == n);
            else if (!s.doubtful(done[i].error())) s.expect(n % 3 == 2 && !there, done[i].error().message);
            else s.expect(!there || (n % 3 != 2 && there == n), "done in part");
        }
    });
    law("the writes of one object in a batch happen in their order", maker, report, [](auto& s) {
        auto batch = std::vector<write>();
        batch.push_back(create_request{s.object("a", 0)});
        for (auto i = 1; i < 5; ++i) batch.push_back(update_request{s.object("a", i)});
        auto const done = s.client().commit(batch);
        auto last = object::revision{0};
        for (std::size_t i = 0; i < done.size(); ++i) {
            if (!done[i]) return s.expect(s.doubtful(done[i].error()), done[i].error().message);
            s.expect(s.content(done[i]->object) == static_cast<int>(i) && done[i]->object.rev > last);
            last = done[i]->object.rev;
        }
        s.expect(s.content_of("a") == 4);
    });
}

/// Lists and watches.
template <client_maker M, class R> auto watches(M const& maker, R& report) -> void {
    law("a list has every object once, as a read gives it", maker, report, [](auto& s) {
        for (auto const* name : {"b", "c", "a"}) s.expect(s.make(name, 1).has_value());
        auto const all = s.list();
        s.expect(all && all->items.size() == 3);
        for (auto const& o : all->items) s.expect(s.read(o->metadata().name) == o && o.rev <= all->rev);
    });
    law("the pages of a list have every object once", maker, report, [](auto& s) {
        for (auto i = 0; i < 5; ++i) s.expect(s.make("o" + std::to_string(i), i).has_value());
        auto names = std::vector<std::string>();
        auto o = list_options{};
        o.limit = 2;
        do {
            auto const page = s.insist([&] { return s.client().list(s.kind(), o); });
            if (!page) return s.expect(false, page.error().message);
            for (auto const& item : page->items) names.push_back(item->metadata().name);
            o.continue_token = page->continue_token;
        } while (!o.continue_token.empty());
        s.expect(names == std::vector<std::string>{"o0", "o1", "o2", "o3", "o4"});
    });
    law("a watch from the revision of a list tells every later change once and in order", maker, report,
        [](auto& s) {
            s.expect(s.make("old", 1).has_value());
            auto o = watch_options{};
            o.resource_version = std::to_string(s.list()->rev);
            auto told = std::vector<std::string>();
            auto hear = [&] { // on a broken line: from where it broke
                for (auto quiet = 0; quiet < 30;) {
                    auto w = s.insist([&] { return s.client().watch(s.kind(), o); });
                    if (!w) return s.expect(false, w.error().message);
                    for (auto e = w->next(); e; e = w->next()) {
                        if (!*e && ++quiet == 30) return;
                        if (!*e) s.let_arrive();
                        if (!*e || (*e)->type == watch_event::kind::bookmark) continue;
                        auto const& x = (*e)->object;
                        s.expect(std::to_string(x.rev) > o.resource_version ||
                                     std::to_string(x.rev).size() > o.resource_version.size(),
                                 "out of order");
                        o.resource_version = std::to_string(x.rev);
                        told.push_back(std::string(to_string((*e)->type)) + " " + x->metadata().name + " " +
                                       std::to_string(s.content(x)));
                    }
                }
            };
            s.expect(s.make("new", 2).has_value());
            hear();
            s.expect(s.change("old", 3).has_value());
            s.expect(s.remove("new").has_value());
            s.expect(s.change("old", 4).has_value());
            hear();
            s.expect(told == std::vector<std::string>{"ADDED new 2", "MODIFIED old 3", "DELETED new 2",
                                                      "MODIFIED old 4"});
        });
    law("a client tells when a watch that was read may have something new", maker, report, [](auto& s) {
        auto o = watch_options{};
        o.resource_version = std::to_string(s.list()->rev);
        auto w = s.insist([&] { return s.client().watch(s.kind(), o); });
        if (!w) return s.expect(false, w.error().message);
        auto const nothing = w->next();
        s.expect(!nothing || !*nothing, "told something that did not happen");
        auto woken = std::atomic<int>(0);
        auto const count = [](void* n) { ++*static_cast<std::atomic<int>*>(n); };
        auto const news = s.client().changed().subscribe({count, &woken});
        s.expect(s.make("a", 1).has_value());
        for (auto moments = 0; woken == 0 && moments < 30; ++moments) s.let_arrive();
        s.expect(woken > 0);
    });
}

/// Checks every law.
template <client_maker M, class R> auto all(M const& maker, R& report) -> void {
    writes(maker, report);
    batches(maker, report);
    watches(maker, report);
}

} // namespace berth::api::laws
