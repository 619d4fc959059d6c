/// \file
/// What index functions may answer.

#include <berth/object/any_object.hpp>
#include <berth/object/meta.hpp>
#include <berth/object/reflect.hpp>
#include <berth/reconcile/index.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>
#include <vector>

using namespace berth;

namespace {

struct crate {
    static constexpr object::resource_name resource{"test", "v1", "Crate", "crates", "crate", true};
    object::meta metadata;
    std::string port;
    std::vector<std::string> marks;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(crate, "test.v1.Crate", (metadata), (port), (marks))
};

auto values(reconcile::index const& i, crate const& c) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    auto const take = [&](std::string_view v) { out.emplace_back(v); };
    i.values(object::any_object(c), take);
    return out;
}

} // namespace

TEST_CASE("an index function answers a text, perhaps one, or several") {
    auto c = crate();
    c.port = "kiel";
    c.marks = {"a", "b"};
    auto const by_port = reconcile::index_of<crate>("port", [](crate const& o) { return o.port; });
    CHECK(by_port.name == "port");
    CHECK(by_port.type == &object::type_of<crate>());
    CHECK(values(by_port, c) == std::vector<std::string>{"kiel"});
    auto const by_mark = reconcile::index_of<crate>("mark", [](crate const& o) { return o.marks; });
    CHECK(values(by_mark, c) == c.marks);
    auto const perhaps = reconcile::index_of<crate>(
        "port", [](crate const& o) { return o.port.empty() ? std::optional<std::string>() : o.port; });
    CHECK(values(perhaps, c) == std::vector<std::string>{"kiel"});
    c.port.clear();
    CHECK(values(perhaps, c).empty());
    CHECK(values(by_port, c) == std::vector<std::string>{""});
}
