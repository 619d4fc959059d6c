#include <berth/kube/schedule/afterwards.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

constexpr auto start = time_point::from_unix_seconds(1'767'225'600);

auto removal(std::string name) -> api::write {
    return api::remove_request{nullptr, {"", std::move(name)}, {}};
}
auto names(kube::afterwards& a) -> std::string {
    auto out = std::string();
    for (auto const& w : a.take().writes) out += std::get<api::remove_request>(w).where.name + " ";
    return out;
}

} // namespace

TEST_CASE("of the writes of one pod the last one counts, in the place of the first") {
    auto a = kube::afterwards();
    a.write("1", removal("a"), start);
    a.write("2", removal("b"), start);
    a.write("1", removal("c"), start);
    CHECK(names(a) == "c b ");
    CHECK(names(a).empty());
}

TEST_CASE("what is forgotten is not written") {
    auto a = kube::afterwards();
    a.write("1", removal("a"), start);
    a.forget("1");
    a.forget("2");
    a.write("2", removal("b"), start);
    CHECK(names(a) == "b ");
}

TEST_CASE("it is due when nobody waits, or a second after the first") {
    auto a = kube::afterwards();
    CHECK_FALSE(a.due(start, true));
    CHECK_FALSE(a.due_at());
    a.tell({}, start);
    a.tell({}, start + milliseconds(900));
    CHECK(a.due(start, true));
    CHECK_FALSE(a.due(start + milliseconds(999), false));
    CHECK(a.due(start + seconds(1), false));
    CHECK(a.due_at() == start + seconds(1));
    CHECK(a.take().notes.size() == 2);
    CHECK_FALSE(a.due(start + seconds(9), true));
}
