#include <berth/core/fair_queue.hpp>
#include <berth/core/random.hpp>

#include <catch2/catch_test_macros.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace {

using namespace berth;
using queue = fair_queue<int, 2>;
using line = fair_queue<std::string, 1>;

/// Whether a property of random seeds holds.
template <class Property> auto holds(char const* sentence, Property property) -> bool {
    return rc::check(sentence, [&] { property(*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>())); });
}

/// Serves until nothing fits; what came out.
template <class Queue> auto serve_all(Queue& q) {
    auto out = std::vector<typename Queue::popped>{};
    while (auto p = q.pop()) {
        q.charge(p->queue, p->demand);
        out.push_back(*std::move(p));
    }
    return out;
}

TEST_CASE("the example of the paper: shares become equal") {
    auto q = queue({9, 18}); // CPUs and GB
    auto const a = q.open("a");
    auto const b = q.open("b");
    for (auto n = 0; n < 10; ++n) {
        q.push(a, 1, {1, 4});
        q.push(b, 2, {3, 1});
    }
    serve_all(q);
    CHECK(q.shares().usage(a) == amounts<2>{3, 12});
    CHECK(q.shares().usage(b) == amounts<2>{6, 2});
}

TEST_CASE("weights divide what there is, level by level") {
    auto q = line({120});
    q.open("big", {.weight = 2});
    for (auto const* path : {"big/a", "big/b", "small"}) {
        auto const id = q.open(path, {.weight = path == std::string("big/a") ? 3.0 : 1.0});
        for (auto n = 0; n < 120; ++n) q.push(id, path, {1});
    }
    serve_all(q);
    CHECK(q.shares().usage(*q.find("small")) == amounts<1>{40});
    CHECK(q.shares().usage(*q.find("big/a")) == amounts<1>{60});
    CHECK(q.shares().usage(*q.find("big/b")) == amounts<1>{20});
}

TEST_CASE("a queue within its guarantee goes first, and what is not used is lent") {
    auto q = line({10});
    auto const owner = q.open("owner", {.guaranteed = {6}});
    auto const guest = q.open("guest", {.weight = 100});
    for (auto n = 0; n < 10; ++n) q.push(guest, "guest", {1});
    q.charge(guest, {2});
    for (auto n = 0; n < 4; ++n) q.push(owner, "owner", {1});
    auto const out = serve_all(q);
    REQUIRE(out.size() == 8);
    for (auto n = 0; n < 4; ++n) CHECK(out[static_cast<std::size_t>(n)].item == "owner");
    CHECK(q.shares().usage(guest) == amounts<1>{6}); // two of those are lent
    q.push(owner, "late", {2});
    CHECK(!q.pop()); // it is not taken back,
    q.refund(guest, {2});
    CHECK(q.pop()->item == "late"); // but goes first
}

TEST_CASE("a limit is kept at every level, and an item too large does not hold up those behind it") {
    auto q = line({10});
    q.open("team", {.limit = {4}});
    auto const a = q.open("team/a");
    auto const b = q.open("team/b");
    q.push(a, "large", {5});
    q.push(a, "fits", {3});
    q.push(b, "too much by then", {2});
    q.push(b, "fits too", {1});
    auto const out = serve_all(q);
    REQUIRE(out.size() == 2);
    CHECK(out[0].item == "fits");
    CHECK(out[1].item == "fits too");
    CHECK(q.size() == 2);
    q.set_terms(*q.find("team"), {.limit = {6}});
    CHECK(q.pop()->item == "too much by then");
}

TEST_CASE("what is refused is set aside, and comes back to its old place") {
    auto q = line({10});
    auto const a = q.open("a");
    for (auto const* name : {"one", "two", "three"}) q.push(a, name, {1});
    auto const where = q.refused(*q.pop());
    CHECK(*q.find(where) == "one");
    CHECK(q.aside() == 1);
    CHECK(q.pop()->item == "two");
    q.revive(*q.find("a"));
    CHECK(q.aside() == 0);
    CHECK(q.pop()->item == "one");
    CHECK(q.find(where) == nullptr);
    CHECK(!q.erase(where));
    auto const gone = q.refused(*q.pop());
    CHECK(q.erase(gone) == "three");
    CHECK(q.empty(a));
}

TEST_CASE("a leaf has the order that its pushes say, then as they came") {
    auto q = fair_queue<int, 1>({10});
    auto const a = q.open("a");
    auto const tens_first = [](int x, int y) { return x / 10 > y / 10; };
    for (auto const item : {1, 31, 12, 33, 11}) q.push(a, item, {0}, tens_first);
    auto out = std::vector<int>{};
    for (auto& p : serve_all(q)) out.push_back(p.item);
    CHECK(out == std::vector{31, 33, 12, 11, 1});
}

TEST_CASE("a queue that has nothing left is closed, and its name used again") {
    auto q = line({10});
    auto const a = q.open("a", {.guaranteed = {10}, .lends = false});
    auto const b = q.open("b");
    q.push(b, "b", {1});
    CHECK(!q.pop());
    q.close(a);
    CHECK(q.front());
    CHECK(q.pop()->item == "b");
}

TEST_CASE("more capacity is used at once") {
    auto q = line({1});
    auto const a = q.open("x/a");
    q.push(a, "large", {5});
    CHECK(!q.front());
    q.set_capacity({5});
    CHECK(q.pop()->item == "large");
}

// --- Laws on random trees
// -----------------------------------------------------------------------------------

/// A random tree with items in its leaves.
struct world {
    berth::random_engine draw;
    queue q;
    std::vector<queue_id> leaves{};
    std::vector<std::vector<std::pair<int, amounts<2>>>> items{}; ///< by leaf, those that wait
    int named = 0;

    explicit world(std::uint64_t seed) : draw(seed), q({0, 0}) {
        auto const capacity = amounts<2>{some(20, 200), some(20, 200)};
        q.set_capacity(capacity);
        grow(queue::root, capacity, 2);
        items.resize(leaves.size());
    }
    auto some(std::int64_t from, std::int64_t to) -> std::int64_t {
        return from + static_cast<std::int64_t>(draw.below(static_cast<std::uint64_t>(to - from + 1)));
    }
    /// Guarantees of children do not add up to more than their parent's.
    auto grow(queue_id above, amounts<2> left, int depth) -> void {
        auto const count = some(1, 4);
        for (auto n = 0; n < count; ++n) {
            auto t = share_terms<2>{.weight = static_cast<double>(some(1, 4))};
            if (draw.below(2) == 0) {
                for (auto r : {0U, 1U}) t.guaranteed[r] = some(0, left[r] / 2), left[r] -= t.guaranteed[r];
                t.lends = draw.below(3) != 0;
            }
            if (draw.below(4) == 0)
                for (auto r : {0U, 1U}) t.limit[r] = t.guaranteed[r] + some(0, 40);
            auto const id = q.open(above, t);
            if (depth > 0 && draw.below(2) == 0) grow(id, t.guaranteed, depth - 1);
            else leaves.push_back(id);
        }
    }
    auto push(std::size_t leaf, amounts<2> demand) -> void {
        items[leaf].emplace_back(++named, demand);
        q.push(leaves[leaf], named, demand);
    }
    auto fill(int count) -> void {
        for (auto n = 0; n < count; ++n) push(draw.below(leaves.size()), {some(0, 6), some(0, 6)});
    }
    auto leaf_of(queue_id id) const -> std::size_t {
        return static_cast<std::size_t>(std::ranges::find(leaves, id) - leaves.begin());
    }
    auto out_of(queue::popped const& p) -> void {
        std::erase_if(items[leaf_of(p.queue)], [&](auto const& i) { return i.first == p.item; });
    }
    /// Whether an item is left of which `what(queue, demand)` is true.
    template <class What> auto any_left(What what) const -> bool {
        for (std::size_t l = 0; l < leaves.size(); ++l)
            for (auto const& [name, demand] : items[l])
                if (what(leaves[l], demand)) return true;
        return false;
    }
};

TEST_CASE("nothing idles while any queue has an item that fits") {
    CHECK(holds("work conserving", [](std::uint64_t seed) {
        auto w = world(seed);
        auto running = std::vector<queue::popped>{};
        w.fill(100);
        for (auto n = 0; n < 150; ++n) {
            auto const fits = w.any_left([&](auto id, auto d) { return w.q.shares().fits(id, d); });
            auto const taken = w.q.pop();
            RC_ASSERT(taken.has_value() == fits);
            if (taken && w.draw.below(4) != 0) {
                RC_ASSERT(w.q.shares().fits(taken->queue, taken->demand));
                w.out_of(*taken);
                w.q.charge(taken->queue, taken->demand);
                running.push_back(*taken);
            } else if (taken) {
                w.out_of(*taken);
                w.q.refused(*taken);
            } else if (!running.empty()) {
                w.q.refund(running.back().queue, running.back().demand);
                running.pop_back();
            }
        }
    }));
}

TEST_CASE("no queue is below its guarantee while it has an item that fits into it") {
    CHECK(holds("guaranteed", [](std::uint64_t seed) {
        auto w = world(seed);
        w.fill(200);
        auto const is_due = [&](queue_id id, amounts<2> const& d) {
            return w.q.shares().within_guarantee(id, d) && w.q.shares().fits(id, d);
        };
        while (auto const taken = w.q.pop()) {
            // Whoever comes is within the guarantee of its first ancestor, or nobody is within all of theirs.
            if (w.any_left(is_due)) {
                auto top = taken->queue;
                while (w.q.shares().parent(top) != queue::root) top = w.q.shares().parent(top);
                RC_ASSERT(fair_share<2>::within(taken->demand, w.q.shares().due(top)));
            }
            w.out_of(*taken);
            w.q.charge(taken->queue, taken->demand);
        }
        // From the empty tree on, nobody who is within all guarantees is left.
        RC_ASSERT(!w.any_left([&](auto id, auto d) {
            return w.q.shares().within_guarantee(id, d) && !w.q.shares().excess_of(id, d);
        }));
    }));
}

TEST_CASE("at saturation shares are equal by weight, up to one item") {
    CHECK(holds("fair", [](std::uint64_t seed) {
        auto w = world(seed);
        auto q = queue({1000, 1000});
        auto leaves = std::vector<queue_id>{};
        auto demands = std::vector<amounts<2>>{};
        auto const count = w.some(2, 6);
        for (auto n = 0; n < count; ++n) {
            leaves.push_back(q.open(queue::root, {.weight = static_cast<double>(w.some(1, 5))}));
            demands.push_back({w.some(1, 9), w.some(1, 9)});
            for (auto i = 0; i < 1000; ++i) q.push(leaves.back(), i, demands.back());
        }
        // As long as any item fits everywhere, none is ahead of another by more than one item.
        auto const step = [&](std::size_t i) {
            auto const most = std::max(demands[i][0], demands[i][1]);
            return static_cast<double>(most) / 1000 / q.shares().terms_of(leaves[i]).weight;
        };
        while (true) {
            auto const room = q.shares().room(queue::root);
            if (room[0] < 9 || room[1] < 9) break;
            auto const taken = q.pop();
            q.charge(taken->queue, taken->demand);
            for (std::size_t a = 0; a < leaves.size(); ++a)
                for (std::size_t b = 0; b < leaves.size(); ++b)
                    RC_ASSERT(q.shares().dominant_share(leaves[a]) <=
                              q.shares().dominant_share(leaves[b]) + step(a) + 1e-12);
        }
    }));
}

TEST_CASE("each of k queues is served within k pops, whatever is refused of the others") {
    CHECK(holds("in turn", [](std::uint64_t seed) {
        auto draw = berth::random_engine(seed);
        auto q = fair_queue<bool, 1>({1'000'000});
        auto const count = 2 + draw.below(10);
        auto leaves = std::vector<queue_id>{};
        auto good = std::vector<bool>{};
        for (std::uint64_t n = 0; n < count; ++n) {
            leaves.push_back(q.open(q.root));
            good.push_back(n == 0 || draw.below(2) == 0);
            for (auto i = 0; i < 200; ++i) q.push(leaves.back(), good.back(), {1});
        }
        auto last = std::vector<std::uint64_t>(count);
        for (std::uint64_t pop = 1; pop <= 100; ++pop) {
            auto taken = q.pop();
            auto const who =
                static_cast<std::size_t>(std::ranges::find(leaves, taken->queue) - leaves.begin());
            last[who] = pop;
            if (taken->item) q.charge(taken->queue, taken->demand);
            else q.refused(*std::move(taken));
            for (std::size_t i = 0; i < count; ++i)
                if (good[i]) RC_ASSERT(pop - last[i] < count);
        }
    }));
}

TEST_CASE("a good item behind hopeless ones has its turn, and shares by weight are kept meanwhile") {
    auto q = fair_queue<char, 1>({1'000'000});
    auto const bad = q.open("bad");
    auto const heavy = q.open("heavy", {.weight = 3});
    auto const light = q.open("light");
    for (auto n = 0; n < 50; ++n) q.push(bad, '-', {1});
    q.push(bad, '+', {1});
    for (auto n = 0; n < 1000; ++n) {
        q.push(heavy, 'h', {1});
        q.push(light, 'l', {1});
    }
    auto pops = 0;
    for (auto found = false; !found; ++pops) {
        auto taken = q.pop();
        found = taken->item == '+';
        if (taken->item == '-') q.refused(*std::move(taken));
        else q.charge(taken->queue, taken->demand);
    }
    CHECK(pops <= 51 * 3);
    CHECK(q.shares().usage(heavy)[0] == 3 * q.shares().usage(light)[0]);
    CHECK(q.shares().usage(heavy)[0] + q.shares().usage(light)[0] >= 2 * 50 - 2);
}

TEST_CASE("a whole department of hopeless queues takes every other turn at most") {
    auto q = fair_queue<bool, 1>({1'000});
    for (auto n = 0; n < 20; ++n) {
        auto const id = q.open("hopeless/" + std::to_string(n));
        for (auto i = 0; i < 5; ++i) q.push(id, false, {1});
    }
    auto const good = q.open("good");
    for (auto n = 0; n < 30; ++n) q.push(good, true, {1});
    for (auto n = 0; n < 40; ++n) {
        auto taken = q.pop();
        if (taken->item) q.charge(taken->queue, taken->demand);
        else q.refused(*std::move(taken));
    }
    CHECK(q.shares().usage(good)[0] == 20);
}

// --- The same by brute force
// --------------------------------------------------------------------------------

/// What `pop` is to do, without trees of any kind: all are looked at.
class by_hand {
public:
    by_hand(fair_share<2> const& shares, std::vector<queue_id> all)
        : shares_(&shares), all_(std::move(all)) {}

    auto push(queue_id id, int item, amounts<2> demand) -> void {
        waits_[id.index][item] = demand; // items are numbered as they come
    }
    auto erase(queue_id id, int item) -> void { waits_[id.index].erase(item); }
    auto pop() -> std::optional<std::pair<queue_id, int>> {
        auto const found = find(queue::root, shares_->room(queue::root));
        if (!found) return found;
        waits_[found->first.index].erase(found->second);
        for (auto n = found->first; n != queue::root; n = shares_->parent(n)) {
            auto const up = shares_->parent(n);
            last_[n.index] = ++clock_;
            rests_[n.index] = 0;
            ++turns_[up.index];
            for (auto const c : all_)
                if (shares_->parent(c) == up && rests_[c.index] <= turns_[up.index]) rests_[c.index] = 0;
        }
        return found;
    }
    auto rest(queue_id id) -> void {
        for (auto n = id; n != queue::root; n = shares_->parent(n)) {
            auto const up = shares_->parent(n);
            auto others = std::uint64_t{0};
            for (auto const c : all_)
                if (shares_->parent(c) == up && c != n && something(c)) ++others;
            rests_[n.index] = others == 0 ? 0 : turns_[up.index] + others;
        }
    }

private:
    auto something(queue_id id) -> bool {
        if (!waits_[id.index].empty()) return true;
        return std::ranges::any_of(all_, [&](auto c) { return shares_->parent(c) == id && something(c); });
    }
    auto find(queue_id id, amounts<2> free) -> std::optional<std::pair<queue_id, int>> {
        for (auto const& [item, demand] : waits_[id.index])
            if (fair_share<2>::within(demand, free)) return std::pair(id, item);
        auto children = std::vector<queue_id>{};
        for (auto const c : all_)
            if (shares_->parent(c) == id) children.push_back(c);
        std::ranges::sort(children, {}, [&](queue_id c) {
            return std::tuple(rests_[c.index], shares_->dominant_share(c), last_[c.index], c.index);
        });
        for (auto const within : {true, false}) {
            for (auto const c : children) {
                if (within && rests_[c.index] != 0) continue;
                auto own = free;
                for (auto r : {0U, 1U}) {
                    own[r] += shares_->kept(c)[r] - shares_->kept_below(id)[r];
                    own[r] = std::min(own[r], shares_->room(c)[r]);
                    if (within) own[r] = std::min(own[r], shares_->due(c)[r]);
                }
                if (auto const found = find(c, own)) return found;
            }
        }
        return std::nullopt;
    }

    fair_share<2> const* shares_;
    std::vector<queue_id> all_;
    std::map<std::uint32_t, std::map<int, amounts<2>>> waits_;
    std::map<std::uint32_t, std::uint64_t> last_, rests_, turns_;
    std::uint64_t clock_ = 0;
};

auto every_queue(fair_share<2> const& shares) -> std::vector<queue_id> {
    auto out = std::vector<queue_id>{};
    for (std::uint32_t i = 1; shares.knows({i}); ++i) out.push_back({i});
    return out;
}

TEST_CASE("pop answers what a search through everything answers, after any history") {
    CHECK(holds("by brute force", [](std::uint64_t seed) {
        auto w = world(seed);
        auto model = by_hand(w.q.shares(), every_queue(w.q.shares()));
        auto running = std::vector<queue::popped>{};
        auto aside = std::vector<std::tuple<queue_id, int, amounts<2>>>{};
        for (auto n = 0; n < 200; ++n) {
            auto const what = w.draw.below(10);
            if (what < 4) {
                auto const leaf = w.leaves[w.draw.below(w.leaves.size())];
                auto const demand = amounts<2>{w.some(0, 12), w.some(0, 12)};
                w.q.push(leaf, n, demand);
                model.push(leaf, n, demand);
            } else if (what < 8) {
                auto const front = w.q.front();
                auto const expected = model.pop();
                RC_ASSERT(front.has_value() == expected.has_value());
                if (front) RC_ASSERT(*w.q.find(*front) == expected->second);
                auto const taken = w.q.pop();
                RC_ASSERT(taken.has_value() == expected.has_value());
                if (!taken) continue;
                RC_ASSERT(std::pair(taken->queue, taken->item) == *expected);
                if (w.draw.below(3) != 0) {
                    w.q.charge(taken->queue, taken->demand);
                    running.push_back(*taken);
                } else {
                    aside.emplace_back(taken->queue, taken->item, taken->demand);
                    w.q.refused(*taken);
                    model.rest(taken->queue);
                }
            } else if (what == 8 && !running.empty()) {
                w.q.refund(running.back().queue, running.back().demand);
                running.pop_back();
            } else if (what == 9 && w.draw.below(3) == 0) {
                w.q.revive();
                for (auto const& [id, item, demand] : aside) model.push(id, item, demand);
                aside.clear();
            }
        }
    }));
}

TEST_CASE("the same calls have the same answers") {
    auto const told = [](std::uint64_t seed) {
        auto w = world(seed);
        w.fill(150);
        auto out = std::vector<int>{};
        while (auto taken = w.q.pop()) {
            out.push_back(taken->item);
            if (w.draw.below(3) == 0) w.q.refused(*std::move(taken));
            else w.q.charge(taken->queue, taken->demand);
        }
        return out;
    };
    for (std::uint64_t seed = 0; seed < 20; ++seed) CHECK(told(seed) == told(seed));
}

} // namespace
