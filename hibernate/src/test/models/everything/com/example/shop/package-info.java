@org.hibernate.annotations.FilterDef(name = "current")
package com.example.shop;
