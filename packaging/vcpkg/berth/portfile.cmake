# The port of the checkout that it lies in: vcpkg install berth --overlay-ports=packaging/vcpkg
get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

vcpkg_check_features(OUT_FEATURE_OPTIONS FEATURE_OPTIONS FEATURES lmdb WITH_LMDB etcd WITH_ETCD)
set(OPTIONS -Dhttp=enabled)
foreach(feature lmdb etcd)
    string(TOUPPER "WITH_${feature}" switch)
    if(${switch})
        list(APPEND OPTIONS "-D${feature}=enabled")
    else()
        list(APPEND OPTIONS "-D${feature}=disabled")
    endif()
endforeach()

vcpkg_configure_meson(SOURCE_PATH "${SOURCE_PATH}" OPTIONS ${OPTIONS})
vcpkg_install_meson()
vcpkg_fixup_pkgconfig()
vcpkg_cmake_config_fixup(PACKAGE_NAME berth CONFIG_PATH share/cmake/berth)

# Headers only: there is nothing to debug.
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug" "${CURRENT_PACKAGES_DIR}/lib")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
