/// \file
/// Caches: a cache is equal to the API after whatever happened, and tells every difference once.

#include "things.hpp"
#include "toy_api.hpp"

#include <berth/core/random.hpp>
#include <berth/reconcile/cache.hpp>
#include <berth/reconcile/transform.hpp>
#include <berth/sim/run.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <future>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

using namespace things;
using reconcile::change;

namespace {

constexpr auto start = time_point::from_unix_seconds(1'000'000);

using item_cache = reconcile::cache<item>;

auto by_color() -> std::vector<reconcile::index> {
    return {reconcile::index_of<item>("color", [](item const& i) { return i.color; })};
}

/// Steps a cache until it has nothing to do.
auto settle(item_cache& c, time_point now = start) -> wake {
    auto wish = wake::again();
    while (wish == wake::again()) wish = c.step(now);
    return wish;
}

/// What a listener has heard: `+name`, `~name`, `-name`, with `?` where it is not exact.
struct diary {
    std::string text;

    auto handler() {
        return [this](reconcile::snapshot const&, change const& c) {
            text += c.type == change::kind::added ? '+' : c.type == change::kind::updated ? '~' : '-';
            text += c.latest()->metadata().name;
            if (!c.exact) text += '?';
            text += ' ';
        };
    }
    auto take() -> std::string { return std::exchange(text, {}); }
};

/// A toy API that can be asked for metadata alone, and counts what left it whole.
class choosy_api : public api::single_writes<choosy_api> {
public:
    class watch_type {
    public:
        watch_type(bool lean, int& whole, toy_api::watch_type watch)
            : lean_(lean), whole_(&whole), watch_(std::move(watch)) {}

        auto next() -> result<std::optional<api::watch_event>> {
            auto e = watch_.next();
            if (e && *e && (*e)->object) (*e)->object = sent((*e)->object, lean_, *whole_);
            return e;
        }
        auto on_wake(waker w) -> void { watch_.on_wake(w); }

    private:
        bool lean_;
        int* whole_;
        toy_api::watch_type watch_;
    };

    choosy_api(toy_api& api, int& whole) : api_(&api), whole_(&whole) {}

    [[nodiscard]] auto metadata_only() const -> choosy_api {
        auto out = *this;
        out.lean_ = true;
        return out;
    }
    auto get(object::resource_name const& r, object::key const& k, api::get_options const& o) const
        -> result<object::object_ref> {
        return api_->get(r, k, o);
    }
    auto list(object::resource_name const& r, api::list_options const& o) const -> result<api::object_list> {
        auto out = api_->list(r, o);
        if (out)
            for (auto& item : out->items) item = sent(item, lean_, *whole_);
        return out;
    }
    auto watch(object::resource_name const& r, api::watch_options const& o) const -> result<watch_type> {
        auto opened = api_->watch(r, o);
        if (!opened) return std::unexpected(std::move(opened).error());
        return watch_type(lean_, *whole_, *std::move(opened));
    }
    auto commit(std::span<api::write const> batch) const { return api_->commit(batch); }
    [[nodiscard]] auto changed() const -> wake_signal& { return api_->changed(); }

private:
    static auto sent(object::object_ref const& o, bool lean, int& whole) -> object::object_ref {
        if (!lean) ++whole;
        return lean ? object::object_ref{reconcile::keep_metadata()(o.object), o.rev} : o;
    }

    toy_api* api_;
    int* whole_;
    bool lean_ = false;
};
static_assert(api::client<choosy_api>);

/// Whether a cache and the API hold the same.
auto equal(item_cache const& c, toy_api const& api) -> bool {
    auto same = c.size() == api.state().size();
    for (auto const& [name, o] : api.state()) {
        auto const mine = c.get(name.second);
        same = same && mine && mine.ref() == o;
        same = same && c.by_index("color", o->as<item>().color).size() <= c.size();
    }
    return same;
}

} // namespace

TEST_CASE("a cache lists, then watches") {
    auto api = toy_api();
    for (auto n = 0; n < 7; ++n) api.put(make_item("i" + std::to_string(n)));
    auto c = item_cache(api, by_color(), {.page = 3});
    CHECK_FALSE(c.synced());
    CHECK(settle(c) == wake::signalled());
    CHECK(c.synced());
    CHECK(equal(c, api));
    CHECK(c.revision() == api.revision());
    api.put(make_item("i3", nullptr, "blue"));
    api.erase(item::resource, {"default", "i5"});
    api.put(make_item("new"));
    settle(c);
    CHECK(equal(c, api));
    CHECK(api.lists() == 1);
    REQUIRE(c.by_index("color", "blue").size() == 1);
    CHECK(c.by_index("color", "blue")[0]->metadata.name == "i3");
    CHECK(c.by_index("color", "red").size() == 6);
    CHECK(c.by_index("no such index", "red").empty());
}

TEST_CASE("listeners hear each change once, and first what is there") {
    auto api = toy_api();
    api.put(make_item("a"));
    auto c = item_cache(api);
    auto early = diary();
    auto const listening = c.listen(early.handler());
    settle(c);
    CHECK(early.take() == "+a ");
    auto late = diary();
    {
        auto const for_a_while = c.listen(late.handler());
        CHECK(late.take() == "+a ");
        api.put(make_item("a", nullptr, "blue"));
        api.put(make_item("b"));
        api.erase(item::resource, {"default", "a"});
        settle(c);
        CHECK(late.take() == "~a +b -a ");
    }
    api.put(make_item("c"));
    settle(c);
    CHECK(late.take().empty());
    CHECK(early.take() == "~a +b -a +c ");
}

TEST_CASE("an object under the name of another is told as deleted and added") {
    auto api = toy_api();
    api.put(make_item("a"));
    auto c = item_cache(api);
    settle(c);
    auto heard = diary();
    auto const listening = c.listen(heard.handler());
    heard.take();
    auto other = make_item("a");
    other.metadata.uid = "another";
    api.put(other);
    settle(c);
    CHECK(heard.take() == "-a? +a ");
}

TEST_CASE("a watch that breaks is taken up where it ended, without a list") {
    auto api = toy_api();
    api.put(make_item("a"));
    auto c = item_cache(api);
    settle(c);
    api.put(make_item("b"));
    settle(c);
    api.cut_line();
    api.put(make_item("c"));
    settle(c);
    CHECK(equal(c, api));
    CHECK(api.lists() == 1);
    CHECK(c.counters().watches == 2);
}

TEST_CASE("after an expired watch the differences are told, and what did not change stays as it is") {
    auto api = toy_api();
    api.put(make_item("same"));
    api.put(make_item("changed"));
    api.put(make_item("gone"));
    auto c = item_cache(api);
    settle(c);
    auto heard = diary();
    auto const listening = c.listen(heard.handler());
    heard.take();
    auto const before = c.get({"default", "same"});
    api.cut_line();
    api.put(make_item("changed", nullptr, "blue"));
    api.erase(item::resource, {"default", "gone"});
    api.put(make_item("new"));
    api.compact();
    auto now = start;
    while (!equal(c, api)) settle(c, now = now + seconds(1));
    CHECK(heard.take() == "-gone? ~changed +new ");
    CHECK(&*c.get({"default", "same"}) == &*before);
    CHECK(api.lists() == 2);
}

TEST_CASE("a list that expires between its pages is taken at once") {
    auto api = toy_api();
    for (auto n = 0; n < 9; ++n) api.put(make_item("i" + std::to_string(n)));
    auto c = item_cache(api, {}, {.page = 2});
    CHECK(c.step(start) == wake::again());
    api.put(make_item("late"));
    api.compact();
    settle(c);
    CHECK(equal(c, api));
    CHECK(c.counters().errors == 1);
}

TEST_CASE("errors are met with growing patience") {
    auto api = toy_api();
    auto c = item_cache(api);
    api.fail_next(error_code::unavailable, 3);
    auto now = start;
    auto const step = [&](duration least) {
        auto const wish = settle(c, now);
        REQUIRE(wish.kind == wake::when::at);
        CHECK(wish.time - now >= least);
        CHECK(wish.time - now <= least * 2);
        CHECK(c.step(now) == wish);
        now = wish.time;
    };
    step(milliseconds(800));
    step(milliseconds(1600));
    step(milliseconds(3200));
    CHECK(settle(c, now) == wake::signalled());
    CHECK(c.synced());
}

TEST_CASE("events that are told twice, or late, change nothing") {
    auto api = toy_api();
    auto c = item_cache(api);
    settle(c);
    auto heard = diary();
    auto const listening = c.listen(heard.handler());
    api.put(make_item("a"));
    api.repeat_last();
    settle(c);
    CHECK(heard.take() == "+a ");
}

TEST_CASE("bookmarks tell how far a cache has come") {
    auto api = toy_api();
    auto c = item_cache(api);
    settle(c);
    api.put(make_group("a", 1));
    api.bookmark();
    settle(c);
    CHECK(c.revision() == api.revision());
}

TEST_CASE("an object that is deleted and made again between two looks is told as two") {
    auto api = toy_api();
    api.put(make_item("a"));
    auto c = item_cache(api);
    settle(c);
    auto heard = diary();
    auto const listening = c.listen(heard.handler());
    heard.take();
    api.erase(item::resource, {"default", "a"});
    auto again = make_item("a");
    again.metadata.uid = "another";
    api.put(std::move(again));
    api.compact();
    settle(c, start + seconds(2));
    CHECK(heard.take() == "-a? +a ");
    CHECK(c.get({"default", "a"})->metadata.uid == "another");
}

TEST_CASE("a deletion that was told is exact, one that was found is not, and both say the last state") {
    auto api = toy_api();
    api.put(make_item("seen", nullptr, "red"));
    api.put(make_item("missed", nullptr, "blue"));
    auto c = item_cache(api);
    settle(c);
    auto ends = std::vector<change>();
    auto const listening = c.listen([&](auto const&, change const& e) {
        if (e.type == change::kind::deleted) ends.push_back(e);
    });
    api.erase(item::resource, {"default", "seen"});
    auto const end = api.revision();
    settle(c);
    api.erase(item::resource, {"default", "missed"});
    api.compact();
    settle(c);
    REQUIRE(ends.size() == 2);
    CHECK(ends[0].exact);
    CHECK(ends[0].before.rev == end);
    CHECK_FALSE(ends[1].exact);
    CHECK(ends[1].before->as<item>().color == "blue");
    CHECK(ends[1].before.rev < end);
}

TEST_CASE("a cache is synced when all who listen have heard what there is") {
    auto api = toy_api();
    for (auto const* const name : {"a", "b", "c"}) api.put(make_item(name));
    auto c = item_cache(api, {}, {.page = 1});
    auto heard = std::vector<int>(2);
    auto const first = c.listen([&](auto const&, change const& e) {
        CHECK(e.initial);
        ++heard[0];
    });
    auto const second = c.listen([&](auto const&, change const&) { ++heard[1]; });
    while (!c.synced()) c.step(start);
    CHECK(heard == std::vector{3, 3});
    auto late = 0;
    auto const third = c.listen([&](auto const&, change const& e) { late += e.initial ? 1 : 100; });
    CHECK(late == 3);
}

TEST_CASE("a transform says what is kept of each object, in lists and in watches") {
    auto api = toy_api();
    api.put(make_item("a", nullptr, "red"));
    api.put(make_item("out", nullptr, "grey"));
    auto const without_grey = [](object::any_object const& o) {
        auto const& i = o.as<item>();
        if (i.color == "grey") return object::any_object();
        auto slim = make_item(i.metadata.name);
        slim.metadata.uid = i.metadata.uid;
        slim.color = "kept";
        return object::any_object(std::move(slim));
    };
    for (auto const stream : {false, true}) {
        auto c = item_cache(api, by_color(), {.transform = without_grey, .stream = stream});
        auto heard = diary();
        auto const listening = c.listen(heard.handler());
        settle(c);
        CHECK(heard.take() == "+a ");
        CHECK(c.get({"default", "a"})->color == "kept");
        CHECK(c.by_index("color", "kept").size() == 1);
        api.put(make_item("b", nullptr, "blue"));
        api.put(make_item("c", nullptr, "grey"));
        settle(c);
        CHECK(heard.take() == "+b ");
        api.put(make_item("b", nullptr, "grey"));
        settle(c);
        CHECK(heard.take() == "-b ");
        api.erase(item::resource, {"default", "b"});
        api.erase(item::resource, {"default", "c"});
        settle(c);
        CHECK(heard.take().empty());
        CHECK(c.size() == 1);
    }
}

TEST_CASE("a list can be streamed by the watch that follows it") {
    auto api = toy_api();
    for (auto n = 0; n < 10; ++n) api.put(make_item(std::to_string(n)));
    auto c = item_cache(api, by_color(), {.stream = true, .batch = 3});
    auto heard = diary();
    auto const listening = c.listen(heard.handler());
    c.step(start);
    c.step(start);
    CHECK_FALSE(c.synced());
    CHECK(heard.take().empty());
    api.put(make_item("new"));
    settle(c);
    CHECK(c.synced());
    CHECK(heard.take() == "+0 +1 +2 +3 +4 +5 +6 +7 +8 +9 +new ");
    CHECK(equal(c, api));
    CHECK(api.streamed() == 1);
    CHECK(api.lists() == 0);
    CHECK(c.counters().lists == 1);
    CHECK(c.counters().watches == 1);

    api.cut_line();
    settle(c, start + seconds(2));
    CHECK(api.streamed() == 1);
    api.erase(item::resource, {"default", "3"});
    api.compact();
    settle(c, start + seconds(4));
    CHECK(api.streamed() == 2);
    CHECK(heard.take() == "-3? ");
}

TEST_CASE("a streamed list that breaks off is streamed again, and told once") {
    auto api = toy_api();
    for (auto n = 0; n < 10; ++n) api.put(make_item(std::to_string(n)));
    auto c = item_cache(api, {}, {.stream = true, .batch = 3});
    auto heard = diary();
    auto const listening = c.listen(heard.handler());
    c.step(start);
    c.step(start);
    api.cut_line();
    api.erase(item::resource, {"default", "0"});
    for (auto now = start; !c.synced(); now = now + seconds(5)) settle(c, now);
    CHECK(heard.take() == "+1 +2 +3 +4 +5 +6 +7 +8 +9 ");
}

TEST_CASE("an API that cannot stream a list is listed") {
    auto api = toy_api();
    api.refuse_streams();
    api.put(make_item("a"));
    auto c = item_cache(api, {}, {.stream = true});
    settle(c);
    CHECK(c.synced());
    CHECK(c.size() == 1);
    CHECK(api.lists() == 1);
}

TEST_CASE("a resync tells everything again, in slices, and after what is new") {
    auto api = toy_api();
    for (auto const* const name : {"a", "b", "c"}) api.put(make_item(name));
    auto c = item_cache(api, {}, {.resync = minutes(1), .batch = 2});
    CHECK(settle(c) == wake::at(start + minutes(1)));
    auto told = std::string();
    auto const listening = c.listen([&](auto const&, change const& e) {
        told += (e.resync ? '=' : '~') + e.latest()->metadata().name;
        if (e.resync) CHECK(e.before == e.after);
    });
    told.clear();
    settle(c, start + seconds(59));
    CHECK(told.empty());
    c.step(start + minutes(1));
    CHECK(told == "=a=b");
    api.put(make_item("b"));
    c.step(start + minutes(1));
    CHECK(told == "=a=b~b=c");
    CHECK(settle(c, start + minutes(1)) == wake::at(start + minutes(2)));
    CHECK(told == "=a=b~b=c");
}

TEST_CASE("whatever happens, a cache comes to hold what the API holds, and so does who listens") {
    auto const complaint = sim::try_seeds(1, 200, [](std::uint64_t seed) -> std::string {
        auto draw = berth::random_engine(seed);
        auto api = toy_api();
        auto c = item_cache(api, by_color(), {.stream = seed % 3 == 0, .page = 3, .batch = 2, .seed = seed});
        auto mirror = std::map<std::string, object::object_ref>();
        auto wrong = std::string();
        auto const listening = c.listen([&](reconcile::snapshot const&, change const& e) {
            auto& mine = mirror[e.latest()->metadata().name];
            if (e.type == change::kind::added ? static_cast<bool>(mine) : mine.rev != e.before.rev && e.after)
                wrong = "the story has a hole";
            mine = e.after;
        });
        auto now = start;
        for (auto i = 0; i < 150; ++i) {
            auto const name = std::to_string(draw.below(6));
            auto const there = api.get(item::resource, {"default", name}, {}).has_value();
            switch (draw.below(12)) {
            case 0: api.cut_line(); break;
            case 1: api.compact(); break;
            case 2: api.fail_next(draw.below(2) == 0 ? error_code::unavailable : error_code::expired); break;
            case 3: api.bookmark(); break;
            case 4:
                if (there) api.erase(item::resource, {"default", name});
                break;
            case 5: now = now + seconds(static_cast<std::int64_t>(draw.below(5))); break;
            case 6:
            case 7: c.step(now); break;
            default: {
                auto o = make_item(name, nullptr, draw.below(2) == 0 ? "red" : "blue");
                if (there)
                    o.metadata.uid = api.get(item::resource, {"default", name}, {})->object.metadata().uid;
                else o.metadata.uid = std::to_string(api.revision());
                api.put(std::move(o));
            }
            }
        }
        auto wish = wake::again();
        for (; wish.kind != wake::when::signalled; wish = c.step(now))
            if (wish.kind == wake::when::at) now = wish.time;
        if (!wrong.empty()) return wrong;
        if (!equal(c, api)) return "the cache is not equal to the API";
        std::erase_if(mirror, [](auto const& m) { return !m.second; });
        if (mirror.size() != c.size()) return "the listener knows others than the cache";
        for (auto const& [name, o] : mirror)
            if (c.get({"default", name}).ref() != o) return "the listener knows another state of " + name;
        return {};
    });
    INFO(complaint.value_or(""));
    CHECK_FALSE(complaint);
}

TEST_CASE("who looks at a cache does not keep it from going on, and sees what there was") {
    auto api = toy_api();
    api.put(make_item("a"));
    auto c = item_cache(api, by_color());
    settle(c);
    auto seen = 0;
    auto went_on = false;
    c.for_each([&](auto) {
        ++seen;
        api.put(make_item("b"));
        auto stepping = std::async(std::launch::async, [&] { settle(c); });
        // A step that waited for this view would do so until it is over.
        went_on = stepping.wait_for(std::chrono::seconds(20)) == std::future_status::ready;
    });
    CHECK(went_on);
    CHECK(seen == 1);
    CHECK(c.size() == 2);
}

TEST_CASE("where the metadata is all that is needed, no more is asked for until somebody needs the whole") {
    for (auto const stream : {false, true}) {
        CAPTURE(stream);
        auto api = toy_api();
        auto whole = 0;
        auto const settle = [](reconcile::caches& c) {
            while (c.step(start) == wake::again()) {}
        };
        auto c = reconcile::caches(choosy_api(api, whole), {.stream = stream});
        auto const& items = object::type_of<item>();
        auto const types = std::vector{&items};
        auto heard = diary();
        api.put(make_item("a", nullptr, "red"));
        auto const metadata = c.listen(items, heard.handler(), reconcile::object_parts::metadata);
        settle(c);
        api.put(make_item("b", nullptr, "blue"));
        settle(c);
        CHECK(heard.take() == "+a +b ");
        CHECK(whole == 0);
        CHECK(c.at(start).get<item>("default", "b")->color.empty());
        c.follow(items, {}, reconcile::object_parts::metadata); // as before
        CHECK(c.synced(types));

        c.follow(items, by_color());
        CHECK_FALSE(c.synced(types)); // nobody must take for zero what was not asked for
        api.fail_next(error_code::unavailable);
        static_cast<void>(c.step(start));
        CHECK_FALSE(c.synced(types));
        while (c.step(start + seconds(60)) == wake::again()) {}
        CHECK(c.synced(types));
        CHECK(heard.take() == "~a ~b ");
        CHECK(whole >= 2);
        CHECK(c.at(start).get<item>("default", "a")->color == "red");
        CHECK(c.at(start).where<item>("color", "blue").size() == 1);
        api.put(make_item("a", nullptr, "green"));
        while (c.step(start + seconds(60)) == wake::again()) {}
        CHECK(heard.take() == "~a ");
        CHECK(c.at(start).where<item>("color", "green").size() == 1);
        auto const lists = api.lists() + api.streamed();
        c.follow(items); // nothing new
        while (c.step(start + seconds(60)) == wake::again()) {}
        CHECK(api.lists() + api.streamed() == lists);
    }
}

TEST_CASE("a client that always answers whole objects is not asked again by who needs them") {
    auto api = toy_api();
    api.put(make_item("a", nullptr, "red"));
    auto c = reconcile::caches(api);
    auto const types = std::vector{&object::type_of<item>()};
    c.follow(*types[0], {}, reconcile::object_parts::metadata);
    while (c.step(start) == wake::again()) {}
    c.follow(*types[0]);
    CHECK(c.synced(types));
    CHECK(c.at(start).get<item>("default", "a")->color == "red");
    CHECK(api.lists() == 1);
}
