/// \file
/// Which of several default classes counts.

#include "../vocabulary.hpp"

#include <berth/kube/meta/default_class.hpp>
#include <berth/kube/storage/storage_class/type.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the newest default counts, of those made at once the first by name") {
    auto all = std::vector<object::object_ref>();
    auto const newest = [&] {
        return kube::detail::newest_default<kube::storage_class>(
            all, [](kube::storage_class const& c) { return c.provisioner == "yes"; });
    };
    CHECK(newest() == nullptr);
    for (auto const& [name, age, is] : {std::tuple("d", 0, "no"), std::tuple("c", 1, "yes"),
                                        std::tuple("b", 1, "yes"), std::tuple("a", 2, "yes")}) {
        auto c = kube::storage_class();
        c.metadata.name = name;
        c.provisioner = is;
        c.metadata.creation_timestamp = object::timestamp(new_year - seconds(age));
        all.push_back({object::any_object(std::move(c)), 1});
    }
    CHECK(newest()->metadata.name == "b");
}
